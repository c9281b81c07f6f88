import { err, ok, type Result, type StaffId } from "@weft/kernel";
import type { Role } from "@weft/contracts";
import { sql } from "kysely";
import type { Actor, Ctx, Vault } from "../../../platform/index.ts";
import type { AccessError } from "../errors.ts";
import { staffByTriedPin } from "./sign-in.ts";

/** Who stands behind what the caller may not do alone. A refusal is no error: the wrong try must stay counted. */
export type Approval = { readonly kind: "approved"; readonly staffId: StaffId } | { readonly kind: "refused" };

/**
 * Asks who approves an act at a till or kiosk by their PIN, without ending the session of whoever stands there [ACC-14]: the PIN must be that of
 * somebody of one of these roles at the till's place, and wrong ones count like those of a sign-in [ACC-5].
 * Errors: `access.device_needed`, `access.too_many_tries`.
 */
export async function approveByPin(
  ctx: Ctx,
  vault: Vault,
  { pin, roles }: { readonly pin: string; readonly roles: readonly Role[] },
): Promise<Result<Approval, AccessError>> {
  const device: Actor["device"] = ctx.actor.device;
  if (device?.kind !== "till" && device?.kind !== "kiosk") return err({ code: "access.device_needed" });
  const tried = await staffByTriedPin(ctx, vault, { device, pin });
  if (!tried.ok) return tried;
  if (tried.value === null || !(await hasRole(ctx, tried.value, roles))) return ok({ kind: "refused" });
  return ok({ kind: "approved", staffId: tried.value });
}

async function hasRole(ctx: Ctx, staffId: StaffId, roles: readonly Role[]): Promise<boolean> {
  const { rows } =
    await sql`select 1 from access.staff_role where staff_id = ${staffId} and role = any(${[...roles]}::text[]) limit 1`.execute(ctx.db);
  return rows.length > 0;
}
