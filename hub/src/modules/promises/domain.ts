import type { Because } from "@weft/contracts";
import { nextOpening, openState, type OpeningHours } from "../places/domain/index.ts";

/** A place, as far as a promise depends on it. */
export type PromisingPlace = {
  /** Whether customers may come at all: an active store. */
  readonly isServing: boolean;
  readonly hours: OpeningHours;
  readonly timeZone: string;
  /** From order to ready, beside the work on the goods. */
  readonly collectReadyMinutes: number;
};

/** Goods at that place, now. */
export type PromisedGoods = {
  readonly inAssortment: boolean;
  /** Null: not marked sold out. `until` null: nobody knows when it comes back. */
  readonly soldOut: { readonly until: Date | null } | null;
  readonly tracked: boolean;
  /** Units that can be promised; null where the place keeps no level. Without meaning for untracked goods. */
  readonly available: number | null;
  /** Work on one unit. */
  readonly prepSeconds: number;
};

/** What one place promises. `because` says why not, or why not at once. */
export type GoodsPromise = {
  readonly inAssortment: boolean;
  readonly tracked: boolean;
  /** Units now, never below 0; null for goods made to order. */
  readonly available: number | null;
  /** `take_away` while the place is open, `collect` when the goods wait for its opening; null without a promise. */
  readonly method: "take_away" | "collect" | null;
  /** The first instant at which the goods are ready there. */
  readonly promiseAt: Date | null;
  readonly because: Because | null;
};

/**
 * When a place has `quantity` units of something ready, asked at an instant [PRM-1]. The same answer for every channel.
 * Reasons: `place_closed`, `not_sold_here`, `sold_out`, `stock_short` (no promise); `opens_later`, `ready_after_closing` (a later one).
 */
export function promiseFor(goods: PromisedGoods, place: PromisingPlace, quantity: number, at: Date): GoodsPromise {
  const { inAssortment, tracked } = goods;
  const available = tracked ? Math.max(0, goods.available ?? 0) : null;
  const refusal = refusalOf(goods, place, available, quantity);
  if (refusal) return { inAssortment, tracked, available, method: null, promiseAt: null, because: refusal };
  const readySeconds = place.collectReadyMinutes * 60 + goods.prepSeconds * quantity;
  return { inAssortment, tracked, available, ...readyAt(place, readySeconds, at) };
}

/** [PRM-2] The first thing in the way, the most lasting first: what a customer can do nothing about before what tomorrow mends. */
function refusalOf(goods: PromisedGoods, place: PromisingPlace, available: number | null, requested: number): Because | null {
  if (!place.isServing) return { kind: "place_closed" };
  if (!goods.inAssortment) return { kind: "not_sold_here" };
  if (goods.soldOut) return { kind: "sold_out", data: { until: goods.soldOut.until?.toISOString() ?? null } };
  if (available !== null && available < requested) return { kind: "stock_short", data: { available, requested } };
  return null;
}

/** [PRM-3] Work is done while the place is open: what would not be ready before it closes is ready after it opens again. */
function readyAt(
  { hours, timeZone }: PromisingPlace,
  readySeconds: number,
  at: Date,
): Pick<GoodsPromise, "method" | "promiseAt" | "because"> {
  const { state, nextChange } = openState(hours, timeZone, at);
  const soon = later(at, readySeconds);
  if (state !== "closed" && (nextChange === null || soon <= nextChange)) return { method: "take_away", promiseAt: soon, because: null };
  const opensAt = state === "closed" ? nextChange : nextOpening(hours, timeZone, nextChange ?? at);
  if (!opensAt) return { method: null, promiseAt: null, because: { kind: "place_closed" } };
  const kind = state === "closed" ? "opens_later" : "ready_after_closing";
  return { method: "collect", promiseAt: later(opensAt, readySeconds), because: { kind, data: { opensAt: opensAt.toISOString() } } };
}

function later(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}
