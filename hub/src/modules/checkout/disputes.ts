import type { DisputeView } from "@weft/contracts";
import { asId, err, ok, type OrderId } from "@weft/kernel";
import { read, type Route } from "../../platform/index.ts";
import { disputesOf, keepDispute, type Dispute, type PaymentProvider } from "../payments/index.ts";
import type { Desk } from "./ask-for-money.ts";
import { mayCancel, stateOf } from "./cancel-order.ts";
import { CHECKOUT_PROBLEMS, type CheckoutError } from "./errors.ts";

/** Asks a provider how a dispute stands that it tells of, and keeps that [PAY-43]; one about no payment of ours is passed over. */
export async function followDispute(desk: Desk, provider: PaymentProvider, reference: string): Promise<void> {
  const said = await provider.dispute?.(reference);
  if (said) await desk.write((ctx) => keepDispute(ctx, provider.name, said));
}

/** Disputed payments of an order, for staff who may act on it. */
export const disputeRoutes: readonly Route[] = [
  read(
    "orders.disputes",
    async (ctx, { params }) => {
      const orderId = asId<OrderId>(params.id);
      const state = await stateOf(ctx, orderId);
      if (!state || !(await mayCancel(ctx, state))) return err<CheckoutError>({ code: "order.unknown" });
      return ok({ items: (await disputesOf(ctx, orderId)).map(presentDispute) });
    },
    { problems: CHECKOUT_PROBLEMS, audit: ({ params }) => `order/${params.id}` },
  ),
];

function presentDispute({ amount, currency, dueAt, openedAt, id, reference, provider, state, reason }: Dispute): DisputeView {
  return {
    id,
    reference,
    provider,
    state,
    amount: { amount, currency },
    reason,
    dueAt: dueAt?.toISOString() ?? null,
    openedAt: openedAt.toISOString(),
  };
}
