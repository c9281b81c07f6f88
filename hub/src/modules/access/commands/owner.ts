import { timingSafeEqual } from "node:crypto";
import { err, ok, type Result, type StaffId } from "@weft/kernel";
import type { Ctx, Vault } from "../../../platform/index.ts";
import type { AccessError } from "../errors.ts";
import { hashPassword, newToken, tokenHash } from "../secrets.ts";
import { createStaffSession, type NewSession } from "./sessions.ts";
import { upsertStaff } from "./staff.ts";

/**
 * The token of a one-time link for the first owner, while the installation has none; null once it has. Asked again, the link before
 * is void.
 */
export async function offerOwnership(ctx: Ctx): Promise<string | null> {
  if (await hasOwner(ctx)) return null;
  const token = newToken();
  await ctx.db
    .insertInto("access.owner_claim")
    .values({ id: true, token_hash: tokenHash(token) })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ token_hash: tokenHash(token), made_at: ctx.now }))
    .execute();
  return token;
}

/** Makes whoever has the link the first owner and signs them in. Errors: `access.claim_refused`, `access.email_taken`. */
export async function claimOwnership(
  ctx: Ctx,
  vault: Vault,
  claim: { readonly token: string; readonly name: string; readonly email: string; readonly password: string; readonly app: string },
): Promise<Result<{ readonly staffId: StaffId; readonly session: NewSession }, AccessError>> {
  const row = await ctx.db.selectFrom("access.owner_claim").select("token_hash").forUpdate().executeTakeFirst();
  if (!row || !timingSafeEqual(row.token_hash, tokenHash(claim.token)) || (await hasOwner(ctx)))
    return err({ code: "access.claim_refused" });
  const known = await ctx.db.selectFrom("access.staff").select("id").where("email", "=", claim.email).executeTakeFirst();
  if (known) return err({ code: "access.email_taken" });
  const staffId = ctx.newId<StaffId>();
  const { name, email, password, app } = claim;
  const passwordHash = await hashPassword(password);
  const added = await upsertStaff(ctx, vault, [
    { id: staffId, name, email, roles: ["owner"], placeIds: [], passwordHash, pin: null, locale: "en" },
  ]);
  if (!added.ok) return added;
  await ctx.db.deleteFrom("access.owner_claim").execute();
  return ok({ staffId, session: await createStaffSession(ctx, { staffId, app, channelId: null, deviceId: null }) });
}

async function hasOwner(ctx: Ctx): Promise<boolean> {
  const row = await ctx.db.selectFrom("access.staff_role").select("staff_id").where("role", "=", "owner").executeTakeFirst();
  return row !== undefined;
}
