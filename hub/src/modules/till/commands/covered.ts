import type { TillCommand } from "@weft/contracts";
import { asId, type StaffId } from "@weft/kernel";
import { auditWrite, readStaff } from "../../access/index.ts";
import { publish } from "../../../platform/index.ts";
import { RETURN_APPROVERS } from "../domain/index.ts";
import { ActUncovered } from "../events.ts";
import type { CommandContext } from "./context.ts";

type About = { readonly orderId: string; readonly amount: number; readonly currency: string };

/** An act that stands although nobody who may stands behind it is told to whoever looks after the store: it is a task [TIL-57]. */
export async function tellUncovered(
  { ctx, register: { id: registerId, placeId }, command }: CommandContext,
  what: "price" | "return",
  about: About,
): Promise<void> {
  await publish(ctx, ActUncovered, `register/${registerId}`, { registerId, placeId, commandId: command.id, what, ...about });
}

type Said = Extract<TillCommand, { kind: "exchange.record" }>["body"]["late"];
type TakenOutside = About & {
  /** The rule of the policy that it was taken against, as the hub knows it. */
  readonly passed: "too_late" | "faulty_only" | null;
  readonly said: Said;
};

/**
 * Goods that the policy does not take back, taken by a register without the hub [TIL-56]: who stood behind it and why is in the audit; where nobody did
 * who may, it is told as such. What the policy lets come back goes by without a statement.
 */
export async function coverReturn(act: CommandContext, { passed, said, ...about }: TakenOutside): Promise<void> {
  if (passed === null && said === undefined) return;
  const isCovered = said !== undefined && passed !== "faulty_only" && (await mayStandBehind(act, asId<StaffId>(said.approvedBy)));
  await auditWrite(act.ctx, {
    action: "till.returnOutside",
    subject: `order/${about.orderId}`,
    reason: `${passed ?? "too_late"} (${said?.reason ?? "no reason"}), behind it ${said?.approvedBy ?? "nobody"}${isCovered ? "" : ", who may not"}`,
  });
  if (!isCovered) await tellUncovered(act, "return", about);
}

async function mayStandBehind({ ctx, register }: CommandContext, id: StaffId): Promise<boolean> {
  const known = await readStaff(ctx, id);
  if (!known || !known.roles.some((role) => RETURN_APPROVERS.includes(role))) return false;
  return known.placeIds.length === 0 || known.placeIds.includes(register.placeId);
}
