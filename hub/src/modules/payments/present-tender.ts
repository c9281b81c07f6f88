import type { TenderView } from "@weft/contracts";
import type { TenderRow } from "./queries.ts";

type Shown = Omit<TenderRow, "orderId" | "intentId" | "received" | "change" | "tip"> & { readonly tip?: number | undefined };

/** A tender as its order shows it; a tip stands beside the amount [PAY-44]. */
export function presentTender({ id, kind, state, amount, currency, at, tip = 0 }: Shown): TenderView {
  return {
    id,
    kind,
    state,
    amount: { amount, currency },
    at: at.toISOString(),
    detail: null,
    ...(tip > 0 && { tip: { amount: tip, currency } }),
  };
}
