import type { UnitPrice, VariantId } from "@weft/kernel";
import { isCheaper } from "./choose-price.ts";
import { beginsBetween } from "./promotions/clock.ts";
import type { CompiledPromotion, Goods } from "./promotions/compile.ts";
import type { PromotionContext } from "./promotions/judge.ts";
import { type ShopWindow, shopWindow } from "./promotions/reduced.ts";
import { matchScope, phaseOf } from "./scope.ts";
import type { CompiledList, PricingSnapshot } from "./snapshot.ts";

/** Directive 98/6/EC, article 6a: the lowest price of at least this many days before a price is reduced. */
export const PRIOR_DAYS = 30;
const DAY_MS = 86_400_000;
/** Answers that are kept per context; more are forgotten together. */
const MOST_KEPT = 5000;

/** Where prices are shown, whenever and to whomever. */
export type PublicContext = Omit<PromotionContext, "at" | "customerGroups" | "isKnown">;

/** The lowest price of one unit, promotions included, that anybody was asked in the 30 days before `begin`; undefined where it had none. */
export type LowestPrices = (goods: Goods & { readonly variantId: VariantId }, begin: Date) => UnitPrice | undefined;

/**
 * The lowest prices before a reduction in one context [PRC-20], from what lists and promotions were then. A list counts with the places that it has
 * now, and its first price as if it had always been. Answers are kept as long as the function: they are about the past.
 */
export function lowestPrices(snapshot: PricingSnapshot, context: PublicContext): LowestPrices {
  const lists = listsFor(snapshot, context);
  const promotions = [...snapshot.promotions, ...snapshot.history.promotions];
  const windows = new Map<number, ShopWindow>();
  const known = new Map<string, UnitPrice | undefined>();
  const contextAt = (at: Date): PromotionContext => ({ ...context, at, customerGroups: [], isKnown: false });
  const windowAt = (at: Date): ShopWindow => {
    const found = windows.get(at.getTime()) ?? shopWindow(promotions.filter(hasBegun(at)), contextAt(at));
    windows.set(at.getTime(), found);
    return found;
  };
  const lowest: LowestPrices = (goods, begin) => {
    const from = new Date(begin.getTime() - PRIOR_DAYS * DAY_MS);
    const turns = [...turnsOf(promotions, context.timeZone, from, begin), ...turnsOfPrices(lists, goods.variantId, snapshot)];
    const times = [from, ...turns.filter((at) => from < at && at < begin)];
    let best: UnitPrice | undefined;
    for (const at of times) {
      const listed = priceAt(lists, goods.variantId, at, snapshot);
      if (!listed) continue;
      const price = windowAt(at).reducedOf(goods, listed)?.price ?? listed;
      if (best === undefined || isCheaper(price, best)) best = price;
    }
    return best;
  };
  return (goods, begin) => {
    const key = `${goods.variantId} ${begin.getTime()}`;
    if (known.has(key)) return known.get(key);
    if (known.size >= MOST_KEPT) {
      known.clear();
      windows.clear();
    }
    const found = lowest(goods, begin);
    known.set(key, found);
    return found;
  };
}

const hasBegun =
  (at: Date) =>
  ({ promotion: { since } }: CompiledPromotion): boolean =>
    since === undefined || since <= at;

/** The lists that hold here for everybody at some time, the closest first. */
function listsFor({ lists }: PricingSnapshot, context: PublicContext): CompiledList[] {
  return lists
    .flatMap((list) => {
      const match = matchScope(list.scope, { ...context, at: new Date(0), customerGroups: [] });
      return list.currency === context.currency && "rank" in match ? [{ list, rank: match.rank }] : [];
    })
    .sort((a, b) => b.rank - a.rank)
    .map(({ list }) => list);
}

function priceAt(lists: readonly CompiledList[], variantId: VariantId, at: Date, { history }: PricingSnapshot): UnitPrice | undefined {
  for (const list of lists) {
    if (phaseOf(list, at) !== "during") continue;
    const then = history.prices
      .get(list.id)
      ?.get(variantId)
      ?.find(({ until }) => at < until);
    const price = then ?? list.prices.get(variantId)?.find(({ minQuantity }) => minQuantity === 1);
    if (price) return price.unitPrice;
  }
  return undefined;
}

/** When prices of a variant changed, or lists began and ended. */
function turnsOfPrices(lists: readonly CompiledList[], variantId: VariantId, { history }: PricingSnapshot): Date[] {
  return lists.flatMap(({ id, validFrom, validTo }) => [
    ...(validFrom ? [validFrom] : []),
    ...(validTo ? [validTo] : []),
    ...(history.prices.get(id)?.get(variantId) ?? []).map(({ until }) => until),
  ]);
}

/** When promotions began, also by the hour, and ended. */
function turnsOf(promotions: readonly CompiledPromotion[], timeZone: string, from: Date, to: Date): Date[] {
  return promotions.flatMap(({ promotion: { since, validFrom, validTo, hours } }) => [
    ...[since, validFrom, validTo].flatMap((at) => at ?? []),
    ...(hours ? beginsBetween(hours, timeZone, from, to) : []),
  ]);
}
