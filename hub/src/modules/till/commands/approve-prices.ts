import { err, ok, type Result } from "@weft/kernel";
import { approveByPin, auditWrite, grantOnce, readStaff } from "../../access/index.ts";
import { mostOff, priceGrant, priceProof } from "../../carts/index.ts";
import { committed, type Committed, type Ctx, type Input, type Vault } from "../../../platform/index.ts";
import { PRICE_APPROVERS } from "../domain/index.ts";
import type { TillError } from "../errors.ts";

type Approved = { readonly approvedBy: string; readonly most: number };

/**
 * A manager stands behind prices with their PIN [TIL-50]: each is a grant for one line at one price, which the next `setPrice` uses up. Whoever
 * stands at the till stays signed in. Errors: `till.approval_refused`, counted like a wrong sign-in, `access.too_many_tries`, `access.device_needed`.
 */
export async function approvePrices(
  ctx: Ctx,
  vault: Vault,
  { pin, prices }: Input<"till.approvePrices">["body"],
): Promise<Result<Approved | Committed<TillError>, TillError>> {
  const asked = await approveByPin(ctx, vault, { pin, roles: PRICE_APPROVERS });
  if (!asked.ok) {
    const { error } = asked;
    // The others of its module cannot come from a PIN.
    return err(error.code === "access.too_many_tries" ? error : { code: "access.device_needed" });
  }
  if (asked.value.kind === "refused") return ok(committed({ code: "till.approval_refused" as const }));
  const { staffId } = asked.value;
  for (const { lineId, unitAmount, units } of prices) await grantOnce(ctx, priceGrant(lineId, unitAmount), priceProof(staffId, units));
  const device = ctx.actor.device?.id ?? "";
  await auditWrite(ctx, {
    action: "till.approvePrices",
    subject: `device/${device}`,
    reason: `${prices.length} lines, approved by ${staffId}`,
  });
  const approver = await readStaff(ctx, staffId);
  return ok({ approvedBy: staffId, most: mostOff(approver?.roles ?? []) });
}
