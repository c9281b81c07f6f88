import { randomBytes } from "node:crypto";
import { ok, type Result, type StaffId } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import { badgeCode } from "../domain/index.ts";
import type { AccessError } from "../errors.ts";
import { tokenHash } from "../secrets.ts";
import { standingInReach } from "./staff.ts";

/**
 * Makes the badge of a member of staff, or another one where theirs is lost: the one before opens nothing any more [ACC-20]. The code is answered this
 * once, and only its hash is kept. Errors: `access.staff_unknown`, `access.staff_beyond_reach`.
 */
export async function makeBadge(ctx: Ctx, staffId: StaffId): Promise<Result<string, AccessError>> {
  const standing = await standingInReach(ctx, staffId);
  if (!standing.ok) return standing;
  const badge = badgeCode(randomBytes(64));
  const badge_hash = tokenHash(badge);
  await ctx.db
    .insertInto("access.badge")
    .values({ staff_id: staffId, badge_hash })
    .onConflict((conflict) => conflict.column("staff_id").doUpdateSet({ badge_hash }))
    .execute();
  return ok(badge);
}

/** Takes a badge away; nothing to do where there is none. Errors: `access.staff_unknown`, `access.staff_beyond_reach`. */
export async function takeBadge(ctx: Ctx, staffId: StaffId): Promise<Result<void, AccessError>> {
  const standing = await standingInReach(ctx, staffId);
  if (!standing.ok) return standing;
  await ctx.db.deleteFrom("access.badge").where("staff_id", "=", staffId).execute();
  return ok(undefined);
}
