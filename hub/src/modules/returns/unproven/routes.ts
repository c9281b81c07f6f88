import { asId, err, ok, type PlaceId, type Result, type StaffId } from "@weft/kernel";
import { approveByPin, auditWrite } from "../../access/index.ts";
import { recordForTill } from "../../customers/index.ts";
import { committed, write, type Ctx, type Input, type Route, type Vault } from "../../../platform/index.ts";
import { RETURN_PROBLEMS, type ReturnError } from "../errors.ts";
import { sealApproval, UNPROVEN_APPROVERS, unprovenOffer } from "./offer.ts";

/** What goods come to of which nobody shows a receipt; a register takes them by its command. */
export const unprovenRoutes = ({ vault }: { readonly vault: Vault }): readonly Route[] => [
  write("returns.offerUnproven", (ctx, input) => offer(ctx, vault, input), { problems: RETURN_PROBLEMS }),
];

async function offer(ctx: Ctx, vault: Vault, { body }: Input<"returns.offerUnproven">) {
  const recordId = await recordForTill(ctx, body.customerId);
  if (!recordId) return err<ReturnError>({ code: "return.customer_needed" });
  const offered = await unprovenOffer(ctx, asId<PlaceId>(body.placeId), recordId, body.lines);
  if (!offered.ok) return offered;
  const { place, plan, risk, most, left } = offered.value;
  let approval: string | null = null;
  if (risk === "needs_approval" && body.pin !== undefined) {
    const approver = await approverBy(ctx, vault, body.pin);
    if (!approver.ok) return approver;
    if (approver.value === null) return ok(committed({ code: "return.approval_refused" as const }));
    const { returnId, customerId } = body;
    approval = sealApproval(vault, { returnId, customerId, amount: plan.total, staffId: approver.value });
    const reason = `${plan.total} ${place.currency}, approved by ${approver.value}`;
    await auditWrite(ctx, { action: "returns.offerUnproven", subject: `customer/${customerId}`, reason });
  }
  const money = (amount: number) => ({ amount, currency: place.currency });
  return ok({
    lines: plan.lines.map(({ sku, goods, quantity, total }) => ({
      sku,
      name: goods.name,
      unitPrice: goods.unitPrice,
      isFaultyOnly: goods.isFaultyOnly,
      quantity,
      total: money(total),
    })),
    total: money(plan.total),
    tax: money(plan.tax),
    most,
    left,
    needsApproval: risk === "needs_approval",
    approval,
  });
}

async function approverBy(ctx: Ctx, vault: Vault, pin: string): Promise<Result<StaffId | null, ReturnError>> {
  const asked = await approveByPin(ctx, vault, { pin, roles: UNPROVEN_APPROVERS });
  if (asked.ok) return ok(asked.value.kind === "approved" ? asked.value.staffId : null);
  const { error } = asked;
  // The others of its module cannot come from a PIN.
  return err<ReturnError>(error.code === "access.too_many_tries" ? error : { code: "access.device_needed" });
}
