import type { Disposition, LocalizedText, ReturnReason } from "@weft/contracts";
import { err, lineTotal, ok, type Result, type UnitPrice } from "@weft/kernel";
import type { Settings } from "../../places/domain/index.ts";
import { splitTax, type Country, type Ratio, type RoundingPolicy } from "../../pricing/domain/index.ts";
import { isFault } from "./judge-return.ts";
import type { RateShare } from "./plan-return.ts";

/** What is taken of one customer without proof is counted within so many days. */
export const UNPROVEN_DAYS = 90;

/** What a place takes back without proof, in minor units of its currency [RET-14]. */
export type UnprovenPolicy = {
  /** Of one return, without a manager; 0: nothing is taken without proof. */
  readonly most: number;
  /** Of one customer within the days that are counted, without a manager. */
  readonly mostOfCustomer: number;
};

export const unprovenPolicyOf = (settings: Pick<Settings, "unprovenMost" | "unprovenMostOfCustomer">): UnprovenPolicy => ({
  most: settings.unprovenMost,
  mostOfCustomer: settings.unprovenMostOfCustomer,
});

/** Goods as they are worth here without proof, by their SKU. */
export type UnprovenGoods = {
  readonly sku: string;
  readonly name: LocalizedText;
  /** The lowest that was asked for one. */
  readonly unitPrice: UnitPrice;
  readonly taxRate: Ratio;
  readonly isFaultyOnly: boolean;
};

/** Units that somebody brings without proof. The same goods may stand twice, for units that fare differently. */
export type UnprovenUnits = {
  readonly sku: string;
  readonly quantity: number;
  readonly reason: ReturnReason;
  readonly disposition: Disposition;
};

export type PlannedUnproven = {
  /** In the order in which they were brought. */
  readonly lines: readonly (UnprovenUnits & { readonly goods: UnprovenGoods; readonly total: number; readonly tax: number })[];
  readonly total: number;
  readonly tax: number;
  readonly taxes: readonly RateShare[];
};

export type UnprovenError =
  | { readonly code: "return.goods_not_there"; readonly sku: string }
  | { readonly code: "return.goods_faulty_only"; readonly sku: string };

export type TaxTerms = { readonly country: Country; readonly included: boolean; readonly rounding: RoundingPolicy };

/**
 * What is given for goods without proof [RET-14]: their lowest price times their units, with the tax in it by the rates of the day. Where prices
 * have no tax in them, it comes on top, as it did when they were paid.
 */
export function planUnproven(
  priced: ReadonlyMap<string, UnprovenGoods>,
  units: readonly UnprovenUnits[],
  { country, included, rounding }: TaxTerms,
): Result<PlannedUnproven, UnprovenError> {
  const found: (UnprovenUnits & { readonly goods: UnprovenGoods; readonly amount: number })[] = [];
  for (const unit of units) {
    const goods = priced.get(unit.sku);
    if (!goods) return err({ code: "return.goods_not_there", sku: unit.sku });
    if (goods.isFaultyOnly && !isFault(unit.reason)) return err({ code: "return.goods_faulty_only", sku: unit.sku });
    found.push({ ...unit, goods, amount: lineTotal(goods.unitPrice, unit.quantity) });
  }
  const amounts = found.map(({ goods, amount }) => ({ amount, rate: goods.taxRate, country }));
  const { taxes, rates } = splitTax(amounts, included, rounding);
  const lines = found.map(({ amount, ...unit }, index) => {
    const tax = taxes[index] ?? 0;
    return { ...unit, total: included ? amount : amount + tax, tax };
  });
  return ok({
    lines,
    total: lines.reduce((sum, { total }) => sum + total, 0),
    tax: lines.reduce((sum, { tax }) => sum + tax, 0),
    taxes: rates.map(({ rate, net, tax, gross }) => ({ rate, net, tax, gross })),
  });
}

/** Whether a return without proof is taken by whoever stands there, needs a manager, or is not taken here at all. */
export type UnprovenRisk = "closed" | "free" | "needs_approval";

/** Judges what is brought against what is taken without a manager [RET-14]: of one return, and of one customer with what came before. */
export function judgeUnproven({ most, mostOfCustomer }: UnprovenPolicy, total: number, takenBefore: number): UnprovenRisk {
  if (most === 0) return "closed";
  return total > most || takenBefore + total > mostOfCustomer ? "needs_approval" : "free";
}
