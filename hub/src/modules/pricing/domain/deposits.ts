import type { LocalizedText } from "@weft/contracts";
import type { VariantId } from "@weft/kernel";
import type { Country, Ratio, TaxClass, TaxContext, TaxRate } from "./facts.ts";
import { withoutTax } from "./delivery.ts";
import type { PricingProblem } from "./price-lines.ts";
import type { RatedLine } from "./priced-line.ts";
import type { PricingSnapshot } from "./snapshot.ts";
import { type TaxPlace, type TaxedAmount, reduceRatio } from "./tax.ts";

/** What a deposit is in one country: each with the tax inside, as its law sets it. */
export type DepositAmount = {
  readonly country: Country;
  readonly currency: string;
  readonly amount: number;
  /** Taxed as the goods that it is sold with: Germany sees it as a part of them. */
  readonly followsGoods: boolean;
  /** How it is taxed by itself: sold where it does not follow its goods, and wherever it comes back alone. */
  readonly taxClass: TaxClass;
};

/** What is paid for a bottle, cup or crate beside what is in it, and given back with it. */
export type Deposit = {
  readonly code: string;
  readonly name: LocalizedText;
  readonly amounts: readonly DepositAmount[];
};

/** A deposit with the goods that carry it, one per piece. */
export type StoredDeposit = Deposit & { readonly variantIds: readonly VariantId[] };

/** What of a line is deposit: `amount` in the terms of the cart, `total = net + tax` is paid for it. */
export type PricedDeposit = {
  readonly code: string;
  readonly name: LocalizedText;
  /** Of one piece, with the tax inside. */
  readonly each: number;
  readonly amount: number;
  readonly net: number;
  readonly tax: number;
  readonly total: number;
  readonly taxRate: Ratio;
};

export type RatedDeposit = Omit<PricedDeposit, "net" | "tax" | "total"> & { readonly index: number; readonly taxed: TaxedAmount };

type Around = {
  readonly currency: string;
  readonly included: boolean;
  readonly rateOf: (thing: {
    readonly taxClass: TaxClass;
    readonly taxPlace?: TaxPlace;
    readonly taxContext?: TaxContext;
  }) => TaxRate | undefined;
};

/** What a deposit comes to in a country, where its law or its retailer has set one in the currency of the sale. */
export function depositIn({ amounts }: Pick<Deposit, "amounts">, country: Country, currency: string): DepositAmount | undefined {
  return amounts.find((one) => one.country === country && one.currency === currency);
}

/**
 * The deposits of the lines whose goods carry one, as amounts to tax beside the goods [PRC-22]: one per piece, never of what is weighed,
 * after all discounts and untouched by them. A cart without such goods pays one look into an empty table for it.
 */
export function rateDeposits(
  snapshot: PricingSnapshot,
  lines: readonly RatedLine[],
  { currency, included, rateOf }: Around,
): { readonly deposits: readonly RatedDeposit[]; readonly problems: readonly PricingProblem[] } {
  if (snapshot.deposits.size === 0) return NO_DEPOSITS;
  const deposits: RatedDeposit[] = [];
  const problems: PricingProblem[] = [];
  for (const [index, line] of lines.entries()) {
    const deposit = snapshot.deposits.get(line.line.variantId);
    const set = deposit && line.unitPrice.per.unit === "piece" ? depositIn(deposit, line.country, currency) : undefined;
    if (!deposit || !set) continue;
    const found = set.followsGoods ? line.rate : rateOf({ ...line.line, taxClass: set.taxClass });
    if (!found) problems.push({ code: "tax.rate_unknown", lineId: line.line.lineId, taxClass: set.taxClass, country: line.country });
    const rate = found ? reduceRatio(found) : UNTAXED;
    deposits.push(rated(deposit, set.amount, { line, index, rate, included }));
  }
  return { deposits, problems };
}

const NO_DEPOSITS = { deposits: [], problems: [] } as const;
const UNTAXED: Ratio = { numerator: 0, denominator: 1 };

type Rated = { readonly line: RatedLine; readonly index: number; readonly rate: Ratio; readonly included: boolean };

function rated({ code, name }: Deposit, each: number, { line, index, rate, included }: Rated): RatedDeposit {
  const charged = each * line.line.quantity;
  const amount = included ? charged : withoutTax(charged, rate);
  return { code, name, each, amount, taxRate: rate, index, taxed: { amount, rate, country: line.country } };
}

/** A deposit with the tax that was shared out to it. */
export function drawDeposit({ index: _, taxed: __, ...deposit }: RatedDeposit, tax: number, included: boolean): PricedDeposit {
  const net = included ? deposit.amount - tax : deposit.amount;
  return { ...deposit, net, tax, total: net + tax };
}
