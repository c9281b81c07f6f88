import { asId, type Id } from "@weft/kernel";
import type { ReadCtx } from "../../platform/index.ts";
import type { Charge, PaymentProvider } from "./provider.ts";

/** A payment that a terminal beside the till has approved, by its id at the bridge of the store and what was taken, in minor units. */
const APPROVAL = /^terminal:([0-9a-f-]{36}):(\d{1,12})$/;
type ApprovalId = Id<"terminal approval">;

/** The approval that a card token of a till names; undefined for any other token. */
export function terminalApproval(token: string): { readonly id: ApprovalId; readonly amount: number } | undefined {
  const [, id, amount] = APPROVAL.exec(token) ?? [];
  return id === undefined ? undefined : { id: asId<ApprovalId>(id), amount: Number(amount) };
}

const eventOf = (id: ApprovalId): string => `terminal ${id}`;

/**
 * Cards that a terminal of the store has taken already [PAY-48]: the till says so, as it says what lies in its drawer. Nothing is asked outside.
 * What goes back is given at the terminal, which the hub does not reach: such a refund is listed until somebody notes it.
 */
export const terminalProvider: PaymentProvider = {
  name: "terminal",
  cardWay: () => null,
  decideInline: ({ token, amount, intentId }: Charge) => {
    const approval = terminalApproval(token);
    const because = !approval ? "card_unknown" : approval.amount === amount.amount ? null : "amount_differs";
    if (!approval || because) return { kind: "declined", eventId: `declined ${intentId}`, reason: because ?? "card_unknown" };
    return { kind: "captured", eventId: eventOf(approval.id), providerRef: approval.id };
  },
  charge: async ({ intentId }) => ({ kind: "declined", eventId: `declined ${intentId}`, reason: "card_unknown" }),
  find: async () => ({ kind: "pending" }),
  cancel: async () => ({ kind: "pending" }),
  refund: async () => "failed",
};

/** Whether one of these approvals has paid for something before: each pays once [PAY-48]. */
export async function hasPaidBefore(ctx: Pick<ReadCtx, "db">, tokens: readonly string[]): Promise<boolean> {
  const events = tokens.flatMap((token) => {
    const approval = terminalApproval(token);
    return approval ? [eventOf(approval.id)] : [];
  });
  if (new Set(events).size < events.length) return true;
  const found = await ctx.db
    .selectFrom("payments.payment_event")
    .select("id")
    .where("provider", "=", terminalProvider.name)
    .where("provider_event_id", "in", events)
    .executeTakeFirst();
  return found !== undefined;
}
