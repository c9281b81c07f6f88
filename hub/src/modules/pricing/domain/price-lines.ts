import { type CategoryId, type LineId, type Money, type ProductId, type UnitPrice, type VariantId, divideRounded } from "@weft/kernel";
import { type ChosenPrice, type ListReason, type PriceChooser, isCheaper, priceChooser } from "./choose-price.ts";
import type { PriceListId, TaxClass, TaxContext, TaxRate } from "./facts.ts";
import type { PromotionRef } from "./promotions/promised.ts";
import type { PriceContext } from "./scope.ts";
import type { PricingSnapshot } from "./snapshot.ts";
import type { TaxPlace } from "./tax.ts";

/** A choice that was made with the goods, and what it adds to (or takes off) one piece, or one price unit when weighed. */
export type ChosenOption = { readonly group: string; readonly value: string; readonly difference: Money };

/** A unit price, options included, as a list offers it: what may be promised for a time. */
export type PriceOffer = {
  readonly unitPrice: UnitPrice;
  readonly listId: PriceListId;
  readonly taxIncluded: boolean;
  /** The quantity break that it belongs to, counted over all lines of the variant. */
  readonly minQuantity: number;
};

/** A price that was promised for this line until a time [PRC-11]. */
export type HeldPrice = PriceOffer & {
  readonly until: Date;
  /** What it was shown with, for as long [PRC-23]. */
  readonly promotions?: readonly PromotionRef[];
  /** The codes that took something off it when it was shown, for as long [PRC-24]. */
  readonly codes?: readonly string[];
  /** Staff gave this price instead of another. */
  readonly override?: { readonly insteadOf: UnitPrice; readonly reason: string };
};

export type CartLine = {
  readonly lineId: LineId;
  readonly variantId: VariantId;
  /** Pieces, or grams when weighed: a positive integer. */
  readonly quantity: number;
  readonly taxClass: TaxClass;
  /** What promotions are about: its product, and its category with all above it. */
  readonly productId?: ProductId;
  readonly categoryIds?: readonly CategoryId[];
  readonly options?: readonly ChosenOption[];
  readonly heldPrice?: HeldPrice;
  /** It is near its last day, which it bears, and marked down by so many percent [BAT-8]. */
  readonly nearEnd?: { readonly percent: number; readonly on: string };
  /** Where the line differs from its cart: handed over at another place, or eaten elsewhere. */
  readonly taxPlace?: TaxPlace;
  readonly taxContext?: TaxContext;
  /** What is paid onto a gift card with this line, in minor units, whatever the list asks for a new one [PRC-30]. */
  readonly worth?: number;
};

/** Why a unit price is what it is, in the order in which it came about. Screens put it into words. */
export type UnitPriceReason =
  | ListReason
  | { readonly kind: "option"; readonly group: string; readonly value: string; readonly difference: Money }
  | { readonly kind: "customer_group"; readonly insteadOf: UnitPrice }
  | { readonly kind: "held"; readonly until: Date }
  | { readonly kind: "overridden"; readonly insteadOf: UnitPrice; readonly reason: string };

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
  | { readonly code: "tax.rate_unknown"; readonly lineId: LineId | null; readonly taxClass: TaxClass; readonly country: string };

export type UnitPriced = PriceOffer & {
  readonly line: CartLine;
  /** What everyone pays here, when this customer pays less. */
  readonly regularPrice?: UnitPrice;
  readonly because: readonly UnitPriceReason[];
};

/** The tax rate of a line where it is handed over; nothing where no rate is known. */
export type RateOf = (line: CartLine) => TaxRate | undefined;

/** Finds the unit price of every line. Lines of one variant count together for its quantity breaks [PRC-3]. */
export function priceUnits(snapshot: PricingSnapshot, context: PriceContext, lines: readonly CartLine[], rateOf: RateOf) {
  const quantities = new Map<VariantId, number>();
  for (const { variantId, quantity } of lines) quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity);
  const asked: Asked = {
    snapshot,
    context,
    rateOf,
    own: priceChooser(snapshot, context),
    everyone: context.customerGroups.length > 0 ? priceChooser(snapshot, { ...context, customerGroups: [] }) : undefined,
  };
  const priced: UnitPriced[] = [];
  const problems: PricingProblem[] = [];
  for (const line of lines) {
    const outcome = priceUnit(asked, line, quantities.get(line.variantId) ?? line.quantity);
    if ("code" in outcome) problems.push(outcome);
    else priced.push(outcome);
  }
  return { priced, problems };
}

type Asked = {
  readonly snapshot: PricingSnapshot;
  readonly context: PriceContext;
  readonly rateOf: RateOf;
  readonly own: PriceChooser;
  readonly everyone: PriceChooser | undefined;
};

function priceUnit(asked: Asked, line: CartLine, quantity: number): UnitPriced | PricingProblem {
  const { lineId, variantId, options = [], heldPrice } = line;
  const { currency } = asked.context;
  const foreign = options.find(({ difference }) => difference.amount !== 0 && difference.currency !== currency);
  if (foreign)
    return { code: "price.option_currency", lineId, group: foreign.group, value: foreign.value, currency: foreign.difference.currency };
  const chosen = asked.own(variantId, quantity);
  const listed = chosen && asListed(line, chosen, asked.everyone?.(variantId, quantity));
  if (listed && line.worth !== undefined) return asSaid(listed, line.worth);
  const held = heldPrice && serves(asked, heldPrice, quantity) ? heldPrice : undefined;
  if (held && !(listed && asksNoMore(listed, held, line, asked.rateOf))) return asHeld(line, held);
  return listed ?? { code: "price.unknown", lineId, variantId };
}

/**
 * Whether a held price still binds: before its end, in the currency of the cart, while the quantity reaches its break, and, where its
 * list is for some customers only, while this is one of them. Taking ten to be shown a price of ten does not make one cheaper.
 */
function serves({ snapshot, context }: Asked, { until, unitPrice, minQuantity, listId }: HeldPrice, quantity: number): boolean {
  if (until <= context.at || unitPrice.currency !== context.currency || quantity < minQuantity) return false;
  const groups = snapshot.lists.find(({ id }) => id === listId)?.scope.customerGroups;
  return !groups || groups.some((group) => context.customerGroups.includes(group));
}

/** Whether the list asks at most what was promised. Where only one of them has the tax inside, what is paid in the end is compared. */
function asksNoMore(listed: PriceOffer, held: PriceOffer, line: CartLine, rateOf: RateOf): boolean {
  if (listed.unitPrice.per.unit !== held.unitPrice.per.unit) return false;
  if (listed.taxIncluded === held.taxIncluded) return !isCheaper(held.unitPrice, listed.unitPrice);
  const rate = rateOf(line);
  const paid = ({ unitPrice, taxIncluded }: PriceOffer) => lineAmount(unitPrice, line.quantity, taxIncluded ? undefined : rate);
  return paid(listed) <= paid(held);
}

/** An amount that somebody says they pay is neither promised nor compared with a list [PRC-30]. */
function asSaid({ line, listId, taxIncluded, unitPrice: { currency }, because }: UnitPriced, amount: number): UnitPriced {
  const unitPrice: UnitPrice = { amount, scale: 0, currency, per: { quantity: 1, unit: "piece" } };
  return { line, listId, taxIncluded, minQuantity: 1, unitPrice, because: because.slice(0, 1) };
}

function asHeld(line: CartLine, { until, override, promotions: _promotions, codes: _codes, ...offer }: HeldPrice): UnitPriced {
  return { ...offer, line, because: [override ? { kind: "overridden", ...override } : { kind: "held", until }] };
}

function asListed(line: CartLine, chosen: ChosenPrice, regular: ChosenPrice | undefined): UnitPriced {
  const options = line.options ?? [];
  const because: UnitPriceReason[] = [chosen.because];
  for (const { group, value, difference } of options)
    if (difference.amount !== 0) because.push({ kind: "option", group, value, difference });
  const unitPrice = addOptions(chosen.unitPrice, options);
  const { listId, taxIncluded } = chosen;
  const offer: PriceOffer = { unitPrice, listId, taxIncluded, minQuantity: chosen.because.minQuantity };
  const regularPrice = regular && regular.taxIncluded === taxIncluded ? addOptions(regular.unitPrice, options) : undefined;
  if (!regularPrice || !isCheaper(unitPrice, regularPrice)) return { ...offer, line, because };
  because.push({ kind: "customer_group", insteadOf: regularPrice });
  return { ...offer, line, regularPrice, because };
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
