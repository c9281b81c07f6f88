import type { TenderView } from "@weft/contracts";
import type { TenderRow } from "./queries.ts";

/** A tender as its order shows it. */
export function presentTender({
  id,
  kind,
  state,
  amount,
  currency,
  at,
}: Omit<TenderRow, "orderId" | "intentId" | "received" | "change" | "tip">): TenderView {
  return { id, kind, state, amount: { amount, currency }, at: at.toISOString(), detail: null };
}
