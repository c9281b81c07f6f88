import type { BodyOf } from "@weft/contracts/client";

type TenderInput = BodyOf<"checkout.complete">["tenders"][number];

/** Store credit, a gift card or points that are to pay, with what is left on it in minor units. */
export type PlannedValue =
  | { readonly kind: "store_credit"; readonly left: number }
  | { readonly kind: "gift_card"; readonly code: string; readonly last4: string; readonly left: number }
  /** From `least` on, up to a part of the total. */
  | { readonly kind: "points"; readonly left: number; readonly least: number; readonly maxPercent: number };

/** What each of them pays of a total, in their order, and the rest that is paid otherwise [CKO-4]. One that would pay nothing is left out. */
export function spend(values: readonly PlannedValue[], total: number): { readonly tenders: TenderInput[]; readonly rest: number } {
  const tenders: TenderInput[] = [];
  let rest = total;
  for (const value of values) {
    const amount = Math.min(rest, mostOf(value, total));
    if (amount <= 0 || (value.kind === "points" && amount < value.least)) continue;
    tenders.push(value.kind === "gift_card" ? { kind: "gift_card", code: value.code, amount } : { kind: value.kind, amount });
    rest -= amount;
  }
  return { tenders, rest };
}

const mostOf = (value: PlannedValue, total: number): number =>
  value.kind === "points" ? Math.min(value.left, Math.floor((total * value.maxPercent) / 100)) : value.left;
