import type { ChannelId, LineId } from "@weft/kernel";
import type { HeldPrice, PricedCart, PricedLine, PriceOffer, PromotionRef } from "../../pricing/domain/index.ts";
import type { LoadedCart, StoredLine } from "./cart.ts";
import type { PriceOverride } from "./price-override.ts";

/** The price that a line was shown with, on which channel, and when the promise of it ends at the latest. */
export type PriceHold = PriceOffer & {
  readonly channelId: ChannelId;
  readonly cap: Date;
  /** What it was shown with beside its unit price; absent where that was nothing. */
  readonly promotions?: readonly PromotionRef[];
  /** The codes that took something off the cart then [PRC-24]; absent where there were none. */
  readonly codes?: readonly string[];
  /** Staff gave this price, where it is not the one of a list [CRT-23]. */
  readonly override?: PriceOverride;
};

/** How long prices are promised from an act of a holder, and at most from when they were first shown. In minutes. */
export type PriceHolding = { readonly minutes: number; readonly hardCapMinutes: number };

type Promising = Pick<LoadedCart, "pricesUntil">;

/** Until when a line keeps the price it was shown with; null when nothing is promised any more [CRT-10]. */
export function priceHeldUntil({ pricesUntil }: Promising, { priceHold }: Pick<StoredLine, "priceHold">, at: Date): Date | null {
  if (!priceHold || !pricesUntil) return null;
  const until = priceHold.cap < pricesUntil ? priceHold.cap : pricesUntil;
  return until > at ? until : null;
}

/** The same as the pricing engine takes it. */
export function heldPriceOf(cart: Promising, line: Pick<StoredLine, "priceHold">, at: Date): HeldPrice | undefined {
  const until = priceHeldUntil(cart, line, at);
  if (!until || !line.priceHold) return undefined;
  const { unitPrice, listId, taxIncluded, minQuantity, override, promotions, codes } = line.priceHold;
  const { insteadOf, reason } = override ?? {};
  const given = insteadOf && reason !== undefined && { override: { insteadOf, reason } };
  const shownWith = { ...given, ...(promotions && { promotions }), ...(codes && { codes }) };
  return { unitPrice, listId, taxIncluded, minQuantity, until, ...shownWith };
}

/** The promise of a cart after an act: `until` of the cart, and what each line is held at. */
export type PlannedPrices = { readonly until: Date; readonly holds: ReadonlyMap<LineId, PriceHold | null> };

/**
 * What a holder's act makes of the price promise [CRT-10]: the promise goes on, up to its cap; a line that is new, that became cheaper
 * or whose promise had ended is promised at the price that it is shown with now. So a promise that had ended never comes back.
 */
export function planPrices(
  cart: Promising & { readonly lines: readonly StoredLine[]; readonly sellingChannelId: ChannelId },
  priced: PricedCart,
  { minutes, hardCapMinutes }: PriceHolding,
  at: Date,
): PlannedPrices {
  const byLine = new Map(priced.lines.map((line) => [line.lineId, line]));
  const until = later(at, minutes);
  return {
    until: cart.pricesUntil && cart.pricesUntil > until ? cart.pricesUntil : until,
    holds: new Map(
      cart.lines.map((line): [LineId, PriceHold | null] => {
        const shown = byLine.get(line.id);
        const goesOn = priceHeldUntil(cart, line, at) !== null && line.priceHold && shown && isSameOffer(line.priceHold, shown);
        const promotions = promotionsOn(line.id, priced);
        const codes = codesOn(line.id, priced);
        if (goesOn) return [line.id, alsoPromising(line.priceHold, promotions, codes)];
        const shownWith = { ...(promotions.length > 0 && { promotions }), ...(codes.length > 0 && { codes }) };
        const promised = { channelId: cart.sellingChannelId, cap: later(at, hardCapMinutes), ...shownWith };
        return [line.id, shown ? { ...offerOf(shown), ...promised } : null];
      }),
    ),
  };
}

/**
 * The promise for the life of a hand-over code, or while a provider is asked: every line at the price that it is shown with now,
 * until then at least.
 */
export function promiseUntil(
  cart: Parameters<typeof planPrices>[0],
  priced: PricedCart,
  holding: PriceHolding,
  { until, at }: { readonly until: Date; readonly at: Date },
): PlannedPrices {
  const planned = planPrices(cart, priced, holding, at);
  const holds = [...planned.holds].map(([id, hold]): [LineId, PriceHold | null] => [
    id,
    hold && hold.cap < until ? { ...hold, cap: until } : hold,
  ]);
  return { until: planned.until < until ? until : planned.until, holds: new Map(holds) };
}

function promotionsOn(lineId: LineId, { promotions }: PricedCart): PromotionRef[] {
  return promotions.filter(({ lineIds }) => lineIds.includes(lineId)).map(({ promotionId: id, version }) => ({ id, version }));
}

/** The codes that take something off a line, by themselves or by the promotion that they let serve. */
function codesOn(lineId: LineId, { discounts, promotions }: PricedCart): readonly string[] {
  if (discounts.length === 0 && promotions.length === 0) return NO_CODES;
  return [
    ...discounts.filter(({ lineIds }) => lineIds?.includes(lineId) ?? true).map(({ code }) => code),
    ...promotions.flatMap(({ unlockedBy, lineIds }) => (unlockedBy && lineIds.includes(lineId) ? [unlockedBy.code] : [])),
  ];
}
const NO_CODES: readonly string[] = [];

/** The same promise, to the same end, with what the line is shown with now as well. */
function alsoPromising(hold: PriceHold, shown: readonly PromotionRef[], codes: readonly string[]): PriceHold {
  const { promotions: before = [], codes: codesBefore = [] } = hold;
  const fresh = shown.filter(({ id, version }) => !before.some((one) => one.id === id && one.version === version));
  const typed = codes.filter((code) => !codesBefore.includes(code));
  if (fresh.length === 0 && typed.length === 0) return hold;
  const promotions = [...before.filter(({ id }) => !fresh.some((one) => one.id === id)), ...fresh];
  return {
    ...hold,
    ...(promotions.length > 0 && { promotions }),
    ...(typed.length > 0 && { codes: [...codesBefore, ...typed] }),
  };
}

function offerOf({ unitPrice, listId, taxIncluded, minQuantity }: PricedLine): PriceOffer {
  return { unitPrice, listId, taxIncluded, minQuantity };
}

function isSameOffer(a: PriceOffer, b: PriceOffer): boolean {
  const [x, y] = [a.unitPrice, b.unitPrice];
  return (
    a.listId === b.listId &&
    a.taxIncluded === b.taxIncluded &&
    a.minQuantity === b.minQuantity &&
    x.amount === y.amount &&
    x.scale === y.scale &&
    x.currency === y.currency &&
    x.per.quantity === y.per.quantity &&
    x.per.unit === y.per.unit
  );
}

function later(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() + minutes * 60_000);
}
