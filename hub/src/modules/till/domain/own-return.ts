import type { TillCommandAnswerView } from "@weft/contracts/client";
import { asId, err, ok, type LineId, type Result } from "@weft/kernel";
import type { LineDeposit } from "../../orders/domain.ts";
import { planReturn, returnableOf, type BroughtUnits, type PlannedReturn, type ReturnableLine } from "../../returns/domain/index.ts";
import { refundFor } from "../../pricing/domain/index.ts";
import type { SaleBody } from "./own-sale.ts";

type SoldByHub = NonNullable<TillCommandAnswerView["sold"]>;
type SoldLine = Pick<
  SaleBody["lines"][number],
  "id" | "sku" | "quantity" | "unitPrice" | "taxIncluded" | "tax" | "total" | "taxRate" | "trace"
> & { readonly deposit: LineDeposit | null };

/** A sale of a register as goods of it come back there: one that it made by itself, or that the hub completed for it [TIL-72]. */
export type SoldGoods = Pick<SaleBody, "orderId" | "total"> & {
  readonly lines: readonly SoldLine[];
  /** In the order in which they were taken. */
  readonly tenders: readonly { readonly kind: string; readonly amount: number }[];
  readonly customer: { readonly kind: string } | null;
};

/** The same, of an order that the hub completed for the register: `sold` is what its answer says of it. */
export function soldGoods(orderId: string, { total, lines, tenders, customerId }: SoldByHub): SoldGoods {
  return { orderId, total, lines, tenders, customer: customerId === null ? null : { kind: "known" } };
}

/** What of a register's own sale came back before, as far as it knows: units by line. */
export type CameBack = ReadonlyMap<string, number>;

/** Why a register without the hub takes nothing of a sale back. */
export type NotHere =
  /** Paid otherwise than in cash, at least that much of it, and nobody is known whose store credit it could become. */
  | "not_cash"
  /** All of it came back. */
  | "nothing_left";

/** How a register gives money back by itself. */
export type RefundHere = "cash" | "store_credit";

type Paid = Pick<SoldGoods, "tenders" | "customer">;

/**
 * What of a sale goes back in cash next, in minor units, after so much went back: what was paid last goes back first, as by the hub's rule [PAY-10],
 * and cash is as a rule what the other tenders left to pay.
 */
export function cashLeft({ tenders }: Pick<Paid, "tenders">, gone: number): number {
  let [before, cash] = [gone, 0];
  for (const { kind, amount } of tenders.toReversed()) {
    const left = Math.max(0, amount - before);
    before = Math.max(0, before - amount);
    if (left > 0 && kind !== "cash") break;
    cash += left;
  }
  return cash;
}

/**
 * Where money of a sale goes without the hub [TIL-51]: cash as far as cash paid; else store credit, where it is known whose and it was paid in money. What
 * a card, points or gift cards get back they get once the hub is there. `total` is what goes back, `gone` what went back before.
 */
export function refundHere(
  paid: Paid,
  { total = 0, gone = 0 }: { readonly total?: number; readonly gone?: number } = {},
): RefundHere | NotHere {
  const { tenders, customer } = paid;
  if (tenders.every(({ kind }) => kind === "cash") || (total > 0 && total <= cashLeft(paid, gone))) return "cash";
  return customer?.kind === "known" && tenders.every(({ kind }) => kind === "cash" || kind === "card") ? "store_credit" : "not_cash";
}

/** What a register knows of goods: whether they are counted, and whether they come back only when something is wrong with them [RET-10]. */
export type GoodsHere = { readonly isTracked: (sku: string) => boolean; readonly isFaultyOnly?: (sku: string) => boolean };

/** The lines of a sale as they can come back here. */
export function linesHere(
  { lines }: Pick<SoldGoods, "lines">,
  before: CameBack,
  { isTracked, isFaultyOnly = () => false }: GoodsHere,
): ReturnableLine[] {
  return lines.map(({ id, sku, quantity, total, tax, taxRate, deposit }) => ({
    id: asId<LineId>(id), // of the register's own sale
    kind: "goods",
    ordered: quantity,
    canceled: 0,
    fulfilled: quantity,
    returned: before.get(id) ?? 0,
    total,
    tax,
    taxRate,
    deposit,
    isRestockable: isTracked(sku),
    isFaultyOnly: isFaultyOnly(sku),
  }));
}

/**
 * What goes back for units of a register's own sale [TIL-51], by the rule of the hub: each line's cumulative share of what was paid [RET-6]. Errors:
 * why nothing comes back here, or those of `planReturn`.
 */
export function planReturnHere(
  lines: readonly ReturnableLine[],
  units: readonly BroughtUnits[],
): Result<PlannedReturn, NotHere | "units_gone"> {
  if (lines.every((line) => returnableOf(line) === 0)) return err("nothing_left");
  const planned = planReturn(lines, units);
  return planned.ok ? ok(planned.value) : err("units_gone");
}

/** What went back for units of a sale that came back here before, in minor units. */
export function goneBefore(lines: readonly ReturnableLine[]): number {
  return lines.reduce(
    (sum, { ordered, returned, total, tax }) => sum + refundFor({ quantity: ordered, total, tax, discount: 0 }, 0, returned).total,
    0,
  );
}
