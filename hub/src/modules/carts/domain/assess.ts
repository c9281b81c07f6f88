import type { LocalizedText } from "@weft/contracts";
import {
  wallClock,
  type CategoryId,
  type EntityId,
  type GroupId,
  type LineId,
  type Money,
  type PlaceId,
  type ProductId,
  type VariantId,
} from "@weft/kernel";
import type { Part } from "../../catalog/domain/index.ts";
import { nearEndOf, type NearEndRule, type StandingRecall } from "../../batches/domain/index.ts";
import { judgeRewards, type JudgedReward, type Reward } from "../../loyalty/domain/index.ts";
import {
  priceCart,
  type CartContext,
  type CartLine,
  type PricedCart,
  type PricedLine,
  type PricingSnapshot,
  type RewardId,
} from "../../pricing/domain/index.ts";
import type { WeekWindows } from "../../places/domain/index.ts";
import { promiseForAll, withOptions, type JointPromise, type MadeGoods, type PromisingPlace } from "../../promises/domain/index.ts";
import {
  assessDelivery,
  chosenOf,
  deliveryTerms,
  taxPlaceOf,
  whereTaxed,
  type AssessedDelivery,
  type ShippingFacts,
} from "./assess-shipping.ts";
import type { Goods, GoodsLookup, LoadedCart, StoredLine, Wanted } from "./cart.ts";
import { collectionsOf, type AssessedCollection, type BringingPlace, type CollectingPlace } from "./assess-collections.ts";
import { requirementsOf } from "./assess-requirements.ts";
import { waitsOf, whatIsThere, type AssessedWait, type LineWish, type WaitingPlace } from "./assess-waits.ts";
import { isImmaterial } from "./booked.ts";
import { elsewhereOf } from "./elsewhere.ts";
import { LABEL } from "./label-price.ts";
import { pricedAsOf } from "./offer.ts";
import { heldFor } from "./held.ts";
import { assessSlots, type AssessedSlot } from "./held-slots.ts";
import { sharesOf } from "./parcels.ts";
import { heldPriceOf, priceHeldUntil } from "./price-hold.ts";
import { topUpName } from "./top-up.ts";

/** What completion will check, with a stable code and the line it concerns. */
export type Requirement = { readonly code: string; readonly lineId: LineId | null; readonly data?: Record<string, unknown> };

/** Where a cart is priced and taxed: its place, or the legal entity its channel sells for while no place is chosen. */
export type SellingPlace = {
  readonly entityId: EntityId;
  readonly placeId: PlaceId | null;
  readonly name: string | null;
  readonly country: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly groupIds: readonly GroupId[];
  /** Whether goods can be handed over there at all: the place is active and a store. */
  readonly isServing: boolean;
};

export type AssessFacts = {
  readonly at: Date;
  readonly place: SellingPlace;
  readonly pricing: PricingSnapshot;
  readonly goods: GoodsLookup;
  /** Whether the place sells the product at all. */
  inAssortment(productId: ProductId, placeId: PlaceId): boolean;
  /** When the place sells it, where it does so at some times only [PRM-61]; left out, or null: all day. */
  served?(productId: ProductId, placeId: PlaceId): WeekWindows | null;
  /** How the place makes the product, where it makes it otherwise than is set, or at a station [PRM-14]; left out: as is set. */
  readonly making?: (productId: ProductId, placeId: PlaceId) => Pick<MadeGoods, "prepSeconds" | "batchPercent" | "station">;
  /** Whether a card is charged for it as it leaves, where it is ordered before it is there [CHK-54]; left out: with the order. */
  chargesAsItLeaves?(variantId: VariantId, placeId: PlaceId): boolean;
  readonly customerGroups: readonly string[];
  /** The category of a product with all above it, for promotions. */
  categoriesOf(productId: ProductId): readonly CategoryId[];
  /** What a promise of the place depends on; null where none is chosen. */
  readonly promising: PromisingPlace | null;
  /** Of a cart of which something is to be shipped; null for all others. */
  readonly shipping: ShippingFacts | null;
  /** The stores at which some of its lines are fetched instead [CRT-26]. */
  readonly collecting: ReadonlyMap<PlaceId, CollectingPlace>;
  /** The places from which some of its lines are brought to its own [CRT-32]; left out: none. */
  readonly bringing?: ReadonlyMap<PlaceId, BringingPlace>;
  /** At a till the goods are in somebody's hand: no hours keep them from leaving. */
  readonly handsOverNow: boolean;
  /** What is called back [BAT-2]; left out: nothing is. */
  readonly recalls?: readonly StandingRecall[];
  /** How the place marks down what is near its last day [BAT-8]; left out: it does not. */
  readonly nearEnd?: NearEndRule;
  /** What points buy; empty where there is no program. */
  readonly rewards: ReadonlyMap<RewardId, Reward>;
};

/** A reward that was asked for: what it takes off, in minor units, or why nothing. `reward` is null for one that nobody knows. */
export type AssessedReward = {
  readonly rewardId: RewardId;
  readonly reward: Reward | null;
  readonly amount: number;
  readonly refusal: { readonly kind: string; readonly data: Record<string, unknown> } | null;
};

export type AssessedOption = {
  readonly group: string;
  readonly value: string;
  readonly name: LocalizedText;
  readonly priceDifference: Money;
};

/** A line with what a document keeps of it. `priced` is missing where nothing prices it; a requirement says so. */
export type AssessedLine = StoredLine & {
  readonly name: LocalizedText;
  readonly pictureUrl: string | null;
  readonly unit: "piece" | "gram";
  readonly named: readonly AssessedOption[];
  readonly taxClass: string;
  readonly tracked: boolean;
  readonly parts: readonly Part[];
  readonly isShippable: boolean;
  readonly kind: "goods" | "service";
  /** Work on one piece with its options, where it is made; with what a further piece takes of that, and the station. */
  readonly prepSeconds: number;
  readonly batchPercent: number;
  readonly station: string | null;
  readonly priced: PricedLine | undefined;
  /** Until when its price is promised. */
  readonly priceHeldUntil: Date | null;
};

export type AssessedCart = {
  readonly context: CartContext;
  readonly place: SellingPlace;
  readonly priced: PricedCart;
  readonly lines: readonly AssessedLine[];
  readonly rewards: readonly AssessedReward[];
  readonly requirements: readonly Requirement[];
  /** When all of it is ready at its place, or at the door; null for an empty cart and where no place is chosen. */
  readonly promise: JointPromise | null;
  readonly delivery: AssessedDelivery | null;
  /** What is fetched at other stores than the rest, each with its own promise. */
  readonly collections: readonly AssessedCollection[];
  /** The slots that its goods are wanted in [PRM-23]. */
  readonly slots: readonly AssessedSlot[];
  /** Units that are not there yet, each with the day on which they come [CRT-31]; the other promises are for what is there. */
  readonly waits: readonly AssessedWait[];
};

/** Prices a cart and names all that keeps it from being completed. Presenting a cart and completing it read this same answer. */
export function assess(cart: LoadedCart, wanted: Wanted | null, facts: AssessFacts): AssessedCart {
  const { shipping } = facts;
  const here: CartContext = {
    at: pricedAsOf(cart, facts.at),
    currency: facts.place.currency,
    channelId: cart.sellingChannelId,
    ...(facts.place.placeId && { placeId: facts.place.placeId }),
    groupIds: facts.place.groupIds,
    customerGroups: facts.customerGroups,
    country: facts.place.country,
    entityId: facts.place.entityId,
    timeZone: facts.place.timeZone,
    taxContext: wanted?.dining ?? "take_away",
    isKnown: cart.customer?.known ?? false,
  };
  const isWhole = wanted?.kind === "ship";
  // What some lines are sent by stays in the country of the place that sells: it is taxed as the rest.
  const context = isWhole ? whereTaxed(here, shipping) : here;
  const described = cart.lines.map((line) => ({
    line: isInHand(wanted, line.id, facts) || elsewhereOf(wanted, line.id)?.kind === "bring" ? withoutAhead(line) : line,
    goods: facts.goods.byVariant(line.variantId),
  }));
  const sent = sentLines(wanted, described);
  const charge = isWhole || sent.size > 0 ? deliveryTerms(shipping, sent.size < cart.lines.length ? sent : null) : undefined;
  const stand = { at: facts.at, channelId: cart.sellingChannelId, placeId: facts.place.placeId };
  const judged = judgeRewards(facts.rewards, cart.rewards, stand, cart.purse);
  const priced = priceCart(facts.pricing, {
    context,
    lines: described.flatMap(({ line, goods }) =>
      goods ? [toPrice(cart, line, goods, { ...facts, isWhole, goesAway: elsewhereOf(wanted, line.id) !== undefined })] : [],
    ),
    codes: cart.codes.map((code) => ({ code, usedUp: cart.usedUpCodes.includes(code) })),
    rewards: judged.flatMap((one) => (one.kind === "granted" ? [{ rewardId: one.reward.id, benefit: one.reward.benefit }] : [])),
    ...(charge && { delivery: charge }),
  });
  const byLine = new Map(priced.lines.map((line) => [line.lineId, line]));
  const lines = described.flatMap(({ line, goods }) =>
    goods ? [describe(cart, line, goods, { ...facts, priced: byLine.get(line.id), madeAt: madeAt(wanted, line.id, facts) })] : [],
  );
  const wishes = (of: readonly AssessedLine[], at: PlaceId | null) => (at === null ? [] : wishesAt(cart, of, at, facts));
  const [own, away] = [lines.filter(({ id }) => !elsewhereOf(wanted, id)), lines.filter(({ id }) => sent.has(id))];
  const delivery =
    shipping && (isWhole || away.length > 0) ? assessDelivery(cart, shipping, priced, away, (at) => wishes(away, at), facts.at) : null;
  const collections = collectionsOf(wanted, lines, { ...facts, home: facts.place.placeId }, wishes);
  const ownPromise = isWhole ? null : promiseOf(wishes(own, facts.place.placeId), facts);
  const promise = ownPromise ?? (lines.length > 0 ? (delivery?.promise ?? collections[0]?.promise ?? null) : null);
  const { place, promising, at } = facts;
  const slots = assessSlots(cart, wanted, { lines, promise: ownPromise, promising, placeId: place.placeId, collections, at });
  const requirements = requirementsOf(cart, wanted, lines, priced, {
    ...facts,
    promise: ownPromise,
    delivery,
    collections,
    slots,
    sent,
  });
  const waits = placesOf(lines, place.placeId).flatMap((at) =>
    waitsOf(wishesAt(cart, lines, at, facts), at, (lineId) => servedAt(at, sent.has(lineId), facts), facts.at).map((wait) => ({
      ...wait,
      isChargedLater: facts.chargesAsItLeaves?.(wait.variantId, at) ?? false,
    })),
  );
  return {
    context,
    place,
    priced,
    lines,
    rewards: assessRewards(judged, priced),
    promise,
    delivery,
    collections,
    slots,
    waits,
    requirements,
  };
}

/** The places that lines which are sold ahead come from; almost always none. */
function placesOf(lines: readonly AssessedLine[], home: PlaceId | null): PlaceId[] {
  const ahead = home === null ? [] : lines.flatMap((line) => sharesOf(line, home).filter((share) => share.ahead));
  return [...new Set(ahead.map(({ placeId }) => placeId))];
}

function servedAt(placeId: PlaceId, isSent: boolean, { shipping, place, promising, collecting }: AssessFacts): WaitingPlace {
  if (!isSent || !shipping) {
    return { kind: "collect", promising: placeId === place.placeId ? promising : (collecting.get(placeId)?.promising ?? null) };
  }
  const from = shipping.from.find((one) => one.placeId === placeId);
  return { kind: "ship", place: from?.place ?? null, method: chosenOf(shipping) ?? shipping.methods[0] ?? null, country: shipping.country };
}

/** What leaves with its customer at a till waits for nothing, and what is brought from another place lies there already. */
function isInHand(wanted: Wanted | null, lineId: LineId, { handsOverNow }: AssessFacts): boolean {
  return handsOverNow && wanted?.kind === "take_away" && !elsewhereOf(wanted, lineId);
}

function withoutAhead({ ahead: _, shares, ...line }: StoredLine): StoredLine {
  return { ...line, ...(shares && { shares: shares.map(({ ahead: _ahead, ...share }) => share) }) };
}

/** The lines that travel: of a cart that is shipped all but codes, else those that are sent by themselves. */
function sentLines(
  wanted: Wanted | null,
  described: readonly { readonly line: StoredLine; readonly goods: Goods | undefined }[],
): Set<LineId> {
  const ids = (of: typeof described) => new Set(of.map(({ line }) => line.id));
  if (wanted?.kind !== "ship") return ids(described.filter(({ line }) => elsewhereOf(wanted, line.id)?.kind === "ship"));
  const travels = described.filter(({ goods }) => !isImmaterial(goods));
  // Gift cards alone are refused as what they are: there is nothing to send.
  return ids(travels.length > 0 ? travels : described);
}

/**
 * The answer for the cart with the price promise that was planned from this very answer [CRT-10], without pricing again: a line that was
 * priced by its list is promised at that price, which changes no price. Undefined where a line was priced by a promise made before: its
 * reason tells an end, which the plan has moved. Measured for three lines: 2 us of CPU instead of 70 to 100.
 */
export function withPromise(assessed: AssessedCart, cart: LoadedCart, at: Date): AssessedCart | undefined {
  if (assessed.priced.lines.some(({ because }) => because.some(({ kind }) => kind === "held" || kind === "overridden"))) return undefined;
  const stored = new Map(cart.lines.map((line) => [line.id, line]));
  return {
    ...assessed,
    lines: assessed.lines.map((line) => {
      const priceHold = stored.get(line.id)?.priceHold ?? null;
      return { ...line, priceHold, priceHeldUntil: priceHeldUntil(cart, { priceHold }, at) };
    }),
  };
}

/** What became of each reward: pricing answers those that were granted, in their order. */
function assessRewards(judged: readonly JudgedReward[], priced: PricedCart): AssessedReward[] {
  const outcomes = [...priced.rewards];
  return judged.map((one): AssessedReward => {
    const [rewardId, reward] = one.kind === "granted" ? [one.reward.id, one.reward] : [one.rewardId, one.reward];
    const outcome = one.kind === "granted" ? outcomes.shift() : undefined;
    if (outcome?.kind === "applied") return { rewardId, reward, amount: outcome.amount, refusal: null };
    const { kind, ...data } = one.kind === "refused" ? one.because : (outcome?.because ?? { kind: "nothing_to_discount" });
    return { rewardId, reward, amount: 0, refusal: { kind, data } };
  });
}

/** `goesAway`: it is not eaten with the rest. */
type Going = { readonly isWhole: boolean; readonly goesAway: boolean };

function toPrice(cart: LoadedCart, line: StoredLine, goods: Goods, facts: AssessFacts & Going): CartLine {
  const { place, at, shipping, isWhole, goesAway } = facts;
  const heldPrice = heldPriceOf(cart, line, at);
  const taxPlace = isWhole ? taxPlaceOf(shipping) : undefined;
  const options = optionsOf(line, goods, place.currency);
  return {
    lineId: line.id,
    variantId: line.variantId,
    quantity: line.quantity,
    taxClass: goods.taxClass,
    productId: line.productId,
    // Asked only where somebody wants to know: without promotions a cart pays nothing for them.
    ...((facts.pricing.promotions.length > 0 || heldPrice?.promotions) && { categoryIds: facts.categoriesOf(line.productId) }),
    options: options.map(({ group, value, priceDifference }) => ({ group, value, difference: priceDifference })),
    ...(heldPrice && { heldPrice }),
    ...(taxPlace && { taxPlace }),
    ...(goesAway && { taxContext: "take_away" as const }),
    ...markedDown(line, facts),
    ...(line.topUp && { worth: line.topUp.amount }),
  };
}

/** What is near its last day on the day at the place is marked down; a price that staff gave it is theirs [BAT-8]. */
function markedDown({ trace, priceHold }: StoredLine, { nearEnd, at, place }: AssessFacts): Pick<CartLine, "nearEnd"> {
  const isGiven = priceHold?.override !== undefined && priceHold.override.reason !== LABEL;
  const found = trace && nearEnd && !isGiven ? nearEndOf(trace, nearEnd, wallClock(at, place.timeZone).date) : undefined;
  return found ? { nearEnd: found } : {};
}

function describe(
  cart: LoadedCart,
  line: StoredLine,
  goods: Goods,
  { place, at, priced, making, madeAt: where }: AssessFacts & { readonly priced: PricedLine | undefined; readonly madeAt: PlaceId | null },
): AssessedLine {
  const made = (where === null ? undefined : making?.(goods.productId, where)) ?? { prepSeconds: goods.prepSeconds };
  return {
    ...line,
    name: line.topUp ? topUpName(line.topUp) : goods.name,
    pictureUrl: goods.pictureUrl,
    unit: goods.unit,
    named: optionsOf(line, goods, place.currency),
    taxClass: goods.taxClass,
    tracked: goods.tracked,
    parts: goods.parts,
    isShippable: goods.isShippable,
    kind: goods.kind ?? "goods",
    prepSeconds: withOptions(made.prepSeconds, goods.optionGroups, line.options),
    batchPercent: made.batchPercent ?? 100,
    station: made.station ?? null,
    priced,
    priceHeldUntil: priceHeldUntil(cart, line, at),
  };
}

/** Where somebody makes a line: at the store at which it is fetched, else at the place of the cart. */
function madeAt(wanted: Wanted | null, lineId: LineId, { place }: AssessFacts): PlaceId | null {
  const way = elsewhereOf(wanted, lineId);
  return way?.kind === "collect" ? way.placeId : place.placeId;
}

function optionsOf(line: StoredLine, goods: Goods, currency: string): AssessedOption[] {
  return line.options.flatMap(({ group, value }) => {
    const found = goods.optionGroups.find((known) => known.code === group)?.values.find((known) => known.code === value);
    // A difference of nothing has no currency of its own: a free option is free everywhere.
    return found
      ? [
          {
            group,
            value,
            name: found.name,
            priceDifference: found.priceDifference.amount === 0 ? { amount: 0, currency } : found.priceDifference,
          },
        ]
      : [];
  });
}

/** The customer groups whose prices count for a cart: the customer's, and that of the company it is bought for. */
export function groupsOf({ customerGroups, company }: Pick<LoadedCart, "customerGroups" | "company">): readonly string[] {
  return company?.priceGroup ? [...new Set([...customerGroups, company.priceGroup])] : customerGroups;
}

/** The promise of the place for the whole cart, by the very rule that availability answers with [PRM-4]. */
function promiseOf(wishes: ReturnType<typeof wishesAt>, { promising, at }: AssessFacts): JointPromise | null {
  return promising && wishes.length > 0 ? promiseForAll(whatIsThere(wishes), promising, at) : null;
}

/** What of the lines a place hands over or sends, as its promise is asked for it. */
function wishesAt(cart: LoadedCart, lines: readonly AssessedLine[], placeId: PlaceId, facts: AssessFacts): LineWish[] {
  return lines.flatMap((line) =>
    sharesOf(line, placeId)
      .filter((share) => share.placeId === placeId)
      .map((share) => ({
        lineId: line.id,
        goods: {
          inAssortment: facts.inAssortment(line.productId, placeId),
          soldOut: line.soldOut ? { until: null } : null,
          tracked: line.tracked,
          isShippable: line.isShippable,
          // What the cart holds itself is promised to it already.
          available: Math.max(0, share.available ?? 0) + heldFor(cart, line, placeId),
          ahead: share.ahead ?? null,
          prepSeconds: line.prepSeconds,
          batchPercent: line.batchPercent,
          station: line.station,
          unit: line.unit,
          served: facts.served?.(line.productId, placeId) ?? null,
        },
        quantity: share.quantity,
        variantId: line.variantId,
        notBefore: share.ahead?.notBefore ?? null,
      })),
  );
}
