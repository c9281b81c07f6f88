import { rateOf } from "../fiscal/index.ts";
import type { ArchivedEntry } from "./format.ts";

type Sum = { net: number; absolute: number };
/** Totals that grow in place: a million tickets make no million objects. */
export type GrowingTotals = Sum & { count: number; byRate: Record<string, Sum> };

export const noTotals = (): GrowingTotals => ({ count: 0, net: 0, absolute: 0, byRate: {} });

type Taxed = { readonly total: number; readonly taxes?: readonly { readonly rate: string; readonly gross: number }[] };

/** Adds a ticket to totals; anything else adds nothing. */
export function raiseBy(totals: GrowingTotals, { body }: ArchivedEntry): void {
  const document = (body as { document?: Taxed }).document; // of chain T, whose documents have a total
  if (typeof document?.total !== "number") return;
  totals.count += 1;
  totals.net += document.total;
  totals.absolute += Math.abs(document.total);
  for (const { rate, gross } of document.taxes ?? []) {
    const sum = (totals.byRate[rateOf(rate)] ??= { net: 0, absolute: 0 });
    sum.net += gross;
    sum.absolute += Math.abs(gross);
  }
}
