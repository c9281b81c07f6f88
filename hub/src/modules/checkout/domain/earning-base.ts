import type { StandingTender } from "../../payments/domain.ts";

/**
 * What of a tender earns [LOY-8]. Money earns as the order is placed, also where it comes later: an order that is never paid is canceled, and its points go with
 * it. What was given back as change is no part of the amount, and a tip is none of the order. Nothing is earned on what points paid;
 * a gift card and store credit are money that came before, and earned nothing then.
 */
export const EARNS: Readonly<Record<StandingTender["kind"], boolean>> = {
  cash: true,
  card: true,
  due_at_collection: true,
  account: true,
  store_credit: true,
  gift_card: true,
  imported: true,
  points: false,
};

/** What of an order's tenders earns nothing, in minor units. */
export function paidWithoutEarning(tenders: readonly { readonly kind: StandingTender["kind"]; readonly amount: number }[]): number {
  return tenders.reduce((sum, { kind, amount }) => (EARNS[kind] ? sum : sum + amount), 0);
}
