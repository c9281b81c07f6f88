import type { PaymentProvider } from "../payments/index.ts";

const REASON = "no_card_taken";

/**
 * The sandbox where it must not take new payments: an installation that sells in earnest and whose entity has no account of its own.
 * Anybody knows the tokens of test cards. What it took before is still found, given up and given back.
 */
export function withoutTestCards(sandbox: PaymentProvider): PaymentProvider {
  return {
    name: sandbox.name,
    cardWay: () => null,
    decideInline: ({ intentId }) => ({ kind: "declined", eventId: `declined ${intentId}`, reason: REASON }),
    charge: async ({ intentId }) => ({ kind: "declined", eventId: `declined ${intentId}`, reason: REASON }),
    find: (intentId) => sandbox.find(intentId),
    cancel: (intentId, amount) => sandbox.cancel(intentId, amount),
    refund: (refund) => sandbox.refund(refund),
  };
}
