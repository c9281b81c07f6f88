import { type Money, type UnitPrice, type LineId, type VariantId, divideRounded } from "@weft/kernel";
import { type ChosenPrice, type ListReason, type PriceChooser, isCheaper, priceChooser } from "./choose-price.ts";
import type { PriceListId, TaxClass, TaxContext, TaxRate } from "./facts.ts";
import type { PriceContext } from "./scope.ts";
import type { PricingSnapshot } from "./snapshot.ts";
import type { TaxPlace } from "./tax.ts";

/** A choice that was made with the goods, and what it adds to (or takes off) one piece, or one price unit when weighed. */
export type ChosenOption = { readonly group: string; readonly value: string; readonly difference: Money };

/** A unit price, options included, that was promised for this line until a time [PRC-11]. */
export type HeldPrice = {
  readonly unitPrice: UnitPrice;
  readonly listId: PriceListId;
  readonly taxIncluded: boolean;
  readonly until: Date;
};

export type CartLine = {
  readonly lineId: LineId;
  readonly variantId: VariantId;
  /** Pieces, or grams when weighed: a positive integer. */
  readonly quantity: number;
  readonly taxClass: TaxClass;
  readonly options?: readonly ChosenOption[];
  readonly heldPrice?: HeldPrice;
  /** Where the line differs from its cart: handed over at another place, or eaten elsewhere. */
  readonly taxPlace?: TaxPlace;
  readonly taxContext?: TaxContext;
};

/** Why a unit price is what it is, in the order in which it came about. Screens put it into words. */
export type UnitPriceReason =
  | ListReason
  | { readonly kind: "option"; readonly group: string; readonly value: string; readonly difference: Money }
  | { readonly kind: "customer_group"; readonly insteadOf: UnitPrice }
  | { readonly kind: "held"; readonly until: Date };

/** What keeps a cart from being completed at these prices. */
export type PricingProblem =
  | { readonly code: "price.unknown"; readonly lineId: LineId; readonly variantId: VariantId }
  | {
      readonly code: "price.option_currency";
      readonly lineId: LineId;
      readonly group: string;
      readonly value: string;
      readonly currency: string;
    }
  | { readonly code: "tax.rate_unknown"; readonly lineId: LineId; readonly taxClass: TaxClass; readonly country: string };

export type UnitPriced = {
  readonly line: CartLine;
  readonly unitPrice: UnitPrice;
  readonly listId: PriceListId;
  readonly taxIncluded: boolean;
  /** What everyone pays here, when this customer pays less. */
  readonly regularPrice?: UnitPrice;
  readonly because: readonly UnitPriceReason[];
};

/** Finds the unit price of every line. Lines of one variant count together for its quantity breaks [PRC-3]. */
export function priceUnits(snapshot: PricingSnapshot, context: PriceContext, lines: readonly CartLine[]) {
  const quantities = new Map<VariantId, number>();
  for (const { variantId, quantity } of lines) quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity);
  const choosers: Choosers = {
    own: priceChooser(snapshot, context),
    everyone: context.customerGroups.length > 0 ? priceChooser(snapshot, { ...context, customerGroups: [] }) : undefined,
  };
  const priced: UnitPriced[] = [];
  const problems: PricingProblem[] = [];
  for (const line of lines) {
    const outcome = priceUnit(choosers, context, line, quantities.get(line.variantId) ?? line.quantity);
    if ("code" in outcome) problems.push(outcome);
    else priced.push(outcome);
  }
  return { priced, problems };
}

type Choosers = { readonly own: PriceChooser; readonly everyone: PriceChooser | undefined };

function priceUnit({ own, everyone }: Choosers, context: PriceContext, line: CartLine, quantity: number): UnitPriced | PricingProblem {
  const { lineId, variantId, options = [], heldPrice } = line;
  const foreign = options.find(({ difference }) => difference.amount !== 0 && difference.currency !== context.currency);
  if (foreign)
    return { code: "price.option_currency", lineId, group: foreign.group, value: foreign.value, currency: foreign.difference.currency };
  const held = heldPrice && heldPrice.until > context.at && heldPrice.unitPrice.currency === context.currency ? heldPrice : undefined;
  const chosen = own(variantId, quantity);
  const listed = chosen && asListed(line, chosen, everyone?.(variantId, quantity));
  if (held && !(listed && isCheaper(listed.unitPrice, held.unitPrice))) return asHeld(line, held);
  return listed ?? { code: "price.unknown", lineId, variantId };
}

function asHeld(line: CartLine, { unitPrice, listId, taxIncluded, until }: HeldPrice): UnitPriced {
  return { line, unitPrice, listId, taxIncluded, because: [{ kind: "held", until }] };
}

function asListed(line: CartLine, chosen: ChosenPrice, regular: ChosenPrice | undefined): UnitPriced {
  const options = line.options ?? [];
  const because: UnitPriceReason[] = [chosen.because];
  for (const { group, value, difference } of options)
    if (difference.amount !== 0) because.push({ kind: "option", group, value, difference });
  const { listId, taxIncluded } = chosen;
  const unitPrice = addOptions(chosen.unitPrice, options);
  const regularPrice = regular && regular.taxIncluded === taxIncluded ? addOptions(regular.unitPrice, options) : undefined;
  if (!regularPrice || !isCheaper(unitPrice, regularPrice)) return { line, unitPrice, listId, taxIncluded, because };
  because.push({ kind: "customer_group", insteadOf: regularPrice });
  return { line, unitPrice, listId, taxIncluded, regularPrice, because };
}

/** A unit price with the differences of its options; own cup and the like may lower it, never below zero [PRC-7]. */
export function addOptions(price: UnitPrice, options: readonly ChosenOption[]): UnitPrice {
  const difference = options.reduce((sum, option) => sum + option.difference.amount, 0);
  if (difference === 0) return price;
  const pieces = price.per.unit === "piece" ? price.per.quantity : 1;
  return { ...price, amount: Math.max(0, price.amount + difference * pieces * 10 ** price.scale) };
}

/**
 * The line amount in minor units, rounded once [PRC-2]. `rate` is given when a price before tax must be shown with the tax inside:
 * it is then added before the rounding, not after it.
 */
export function lineAmount(price: UnitPrice, quantity: number, rate?: TaxRate): number {
  const [numerator, denominator] = rate ? [rate.denominator + rate.numerator, rate.denominator] : [1, 1];
  return divideRounded(
    BigInt(price.amount) * BigInt(quantity) * BigInt(numerator),
    BigInt(price.per.quantity) * 10n ** BigInt(price.scale) * BigInt(denominator),
  );
}
