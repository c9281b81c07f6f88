import type { Because } from "@weft/contracts";
import { instantOf, type BusinessDate, type UnitOfMeasure } from "@weft/kernel";
import { isServed, nextOpening, openState, servedFrom, type OpeningHours, type WeekWindows } from "../../places/domain/index.ts";
import { fits, roomOf, slotFrom, type SlotRule } from "./slots.ts";
import { secondsFor, type StationSeconds } from "./work.ts";

/** A place, as far as a promise depends on it. */
export type PromisingPlace = {
  /** Whether customers may come at all: an active store. */
  readonly isServing: boolean;
  readonly hours: OpeningHours;
  readonly timeZone: string;
  /** From order to ready, beside the work on the goods. */
  readonly collectReadyMinutes: number;
  /** Work that it has before it, which what is made now comes behind [PRM-31]; left out: none. */
  readonly queueSeconds?: number;
  /** Whether its stations say what they have made: then also what is sold over the counter is work before others [PRM-33]; left out: they do not. */
  readonly hasStations?: boolean;
  /** How it takes orders for later; null, or left out: at any time at which it is open. */
  readonly slots?: SlotRule | null;
  /** What is taken of its slots to come, where it counts the work of its stations [PRM-14]; left out: nothing is. */
  readonly taken?: readonly TakenSlot[];
  /** Nothing that is ordered ahead is begun before then [PRM-51]; left out: it does not pause. */
  readonly pausedUntil?: Date;
  /** It pauses because none of its devices is heard [PRM-71]. */
  readonly isAway?: boolean;
};

/** Seconds of work that stations have for the slot that begins at an instant. */
export type TakenSlot = { readonly startsAt: Date; readonly at: StationSeconds };

/** Goods that are sold before they are there: so many units more, which are to come on a day of the place's calendar. */
export type SoldAhead = { readonly kind: "backorder" | "preorder"; readonly left: number; readonly on: BusinessDate };

/** Goods at that place, now. */
export type PromisedGoods = {
  readonly inAssortment: boolean;
  /** Null: not marked sold out. `until` null: nobody knows when it comes back. */
  readonly soldOut: { readonly until: Date | null } | null;
  readonly tracked: boolean;
  /** Units that can be promised; null where the place keeps no level. Without meaning for untracked goods. */
  readonly available: number | null;
  /** Where it is sold before it is there [PRM-41]; null, or left out: it is not. */
  readonly ahead?: SoldAhead | null;
  /** Work on one piece, or on one weighing however much it weighs. */
  readonly prepSeconds: number;
  readonly unit: UnitOfMeasure;
  /** What every further piece takes of that, in percent [PRM-15]; left out: all of it. */
  readonly batchPercent?: number;
  /** The station that makes it there; null, or left out: none does. */
  readonly station?: string | null;
  /** When that place sells it [PRM-61]; null, or left out: all day. */
  readonly served?: WeekWindows | null;
};

/** What one place promises. `because` says why not, or why not at once. */
export type GoodsPromise = {
  readonly inAssortment: boolean;
  readonly tracked: boolean;
  /** Units now, never below 0; null for goods made to order. */
  readonly available: number | null;
  /** Where it is sold before it is there; else left out. */
  readonly ahead?: SoldAhead;
  /** `take_away` while the place is open, `collect` when the goods wait for its opening; null without a promise. */
  readonly method: "take_away" | "collect" | null;
  /** The first instant at which the goods are ready there. */
  readonly promiseAt: Date | null;
  readonly because: Because | null;
};

/**
 * When a place has `quantity` units of something ready, asked at an instant [PRM-1]. The same answer for every channel.
 * Reasons: `place_closed`, `not_sold_here`, `sold_out`, `stock_short`, `not_served`, `no_room` (no promise); `opens_later`, `ready_after_closing`, `paused`, `store_away`,
 * `served_from`, `backorder`, `preorder` (a later one).
 */
export function promiseFor(goods: PromisedGoods, place: PromisingPlace, quantity: number, at: Date): GoodsPromise {
  const { inAssortment, tracked } = goods;
  const available = unitsOf(goods);
  const sold = { inAssortment, tracked, available, ...(goods.ahead && { ahead: goods.ahead }) };
  const refusal = refusalOf(goods, place, available, quantity);
  if (refusal) return { ...sold, method: null, promiseAt: null, because: refusal };
  const wait = waitFor(goods, quantity);
  return {
    ...sold,
    ...readyServed(
      place,
      { seconds: readySeconds(goods, place, quantity), wait, served: timesOf([goods]), work: workOf(goods, quantity) },
      at,
    ),
  };
}

/** What a place promises for several goods together; `ship` is answered by `shippingPromise` only. */
export type JointPromise = Pick<GoodsPromise, "promiseAt" | "because"> & {
  readonly method: GoodsPromise["method"] | "ship";
  /** When the place sells what is not sold all day [PRM-61]; left out: everything always. */
  readonly served?: readonly WeekWindows[];
};

/**
 * When a place has all of these ready: what takes longest decides, and one that cannot be promised refuses all, with its reason [PRM-4].
 * The same as the latest of `promiseFor` over them.
 */
export function promiseForAll(
  wishes: readonly { readonly goods: PromisedGoods; readonly quantity: number }[],
  place: PromisingPlace,
  at: Date,
): JointPromise {
  let longest = 0;
  const work: Record<string, number> = {};
  let last: Wait | null = null;
  for (const { goods, quantity } of wishes) {
    const refusal = refusalOf(goods, place, unitsOf(goods), quantity);
    if (refusal) return { method: null, promiseAt: null, because: refusal };
    longest = Math.max(longest, readySeconds(goods, place, quantity));
    for (const [station, seconds] of Object.entries(workOf(goods, quantity))) work[station] = (work[station] ?? 0) + seconds;
    const wait = waitFor(goods, quantity);
    if (wait && (!last || wait.on > last.on)) last = wait;
  }
  const served = timesOf(wishes.map(({ goods }) => goods));
  const promise = readyServed(place, { seconds: longest, wait: last, served, work }, at);
  return served.length === 0 ? promise : { ...promise, served };
}

/** How long goods take together, and the work of each station on them. */
type Making = { readonly seconds: number; readonly work: StationSeconds };

/** Slots that are looked at, until one has room: two days of a quarter of an hour each. */
const MOST_SLOTS = 200;

/**
 * [PRM-14] What is made for a slot that its stations have no room for any more is begun with that slot, and so made for a later one. Never, where no
 * slot to come has room for so much work: it is more than the place makes in one.
 */
function readyInRoom(place: PromisingPlace, { seconds, work }: Making, at: Date): Pick<GoodsPromise, "method" | "promiseAt" | "because"> {
  const ready = readyAt(place, seconds, at);
  if (!place.slots?.rooms?.length || Object.keys(work).length === 0) return ready;
  const taken = new Map((place.taken ?? []).map((slot) => [slot.startsAt.getTime(), slot.at]));
  let found = ready;
  for (let n = 0; n < MOST_SLOTS; n++) {
    const slot = found.promiseAt === null ? undefined : slotFrom(place, found.promiseAt);
    if (!slot) return found;
    if (fits(roomOf(place, slot.startsAt), taken.get(slot.startsAt.getTime()) ?? {}, work)) return found;
    found = readyAt(place, seconds, slot.startsAt);
  }
  return { method: null, promiseAt: null, because: { kind: "no_room" } };
}

/** The work of its station on so many of something; none where nobody has to make it. */
function workOf(goods: PromisedGoods, quantity: number): StationSeconds {
  const seconds = goods.station ? secondsFor(goods, quantity) : 0;
  return goods.station && seconds > 0 ? { [goods.station]: seconds } : {};
}

const timesOf = (goods: readonly Pick<PromisedGoods, "served">[]): readonly WeekWindows[] =>
  goods.flatMap(({ served }) => (served ? [served] : []));

/** Days of a week whose openings are looked at, until one falls into the times at which everything is sold. */
const MOST_OPENINGS = 8;

/**
 * [PRM-61] What is sold at some times only is begun at such a time: else it is promised for the next one, `served_from`. Never, where the place is
 * closed at all of them.
 */
function readyServed(
  place: PromisingPlace,
  wanted: Making & { readonly wait: Wait | null; readonly served: readonly WeekWindows[] },
  at: Date,
): Pick<GoodsPromise, "method" | "promiseAt" | "because"> {
  const { seconds, wait, served } = wanted;
  let ready = readyWith(place, wanted, at, wait);
  let from: Date | null = null;
  for (let n = 0; served.length > 0 && n < MOST_OPENINGS && ready.promiseAt !== null; n++) {
    const begins = later(ready.promiseAt, -seconds);
    const next = servedFrom(served, place.timeZone, begins);
    if (next === null) break;
    if (next <= begins) {
      const because = { kind: "served_from", data: { from: begins.toISOString() } };
      return from === null ? ready : { method: "collect", promiseAt: ready.promiseAt, because };
    }
    from = next;
    ready = readyWith(place, wanted, next, wait);
  }
  return served.length === 0 || ready.promiseAt === null ? ready : { method: null, promiseAt: null, because: { kind: "not_served" } };
}

/** Units that are not there yet, with the day on which they come. */
export type Wait = Pick<SoldAhead, "kind" | "on"> & { readonly units: number };

/** How many of `quantity` units wait for goods [PRM-41]: those that are there go first. Null: none. */
export function waitFor(goods: Pick<PromisedGoods, "tracked" | "available" | "ahead">, quantity: number): Wait | null {
  const units = quantity - (unitsOf(goods) ?? quantity);
  return goods.ahead && units > 0 ? { kind: goods.ahead.kind, on: goods.ahead.on, units } : null;
}

/** What waits for goods is worked on from the morning of the day on which they come [PRM-41]; the promise says what it waits for. */
function readyWith(
  place: PromisingPlace,
  making: Making,
  at: Date,
  wait: Wait | null,
): Pick<GoodsPromise, "method" | "promiseAt" | "because"> {
  if (!wait) return readyInRoom(place, making, at);
  const comes = instantOf(wait.on, 0, place.timeZone);
  const { promiseAt, because } = readyInRoom(place, making, comes > at ? comes : at);
  return promiseAt === null ? { method: null, promiseAt, because } : { method: "collect", promiseAt, because: waitReason(wait) };
}

/** How goods can be had over some places [PRM-41]: now where one has them, else by the place to which they come first, else not. */
export type SaleState = { readonly kind: "in_stock" | "out_of_stock" } | Pick<SoldAhead, "kind" | "on">;

export function saleState(states: readonly Pick<PromisedGoods, "tracked" | "available" | "soldOut" | "ahead">[]): SaleState {
  const sold = states.filter(({ soldOut }) => !soldOut);
  if (sold.some((goods) => (unitsOf(goods) ?? 1) > 0)) return { kind: "in_stock" };
  const ahead = sold.flatMap((goods) => (goods.ahead && goods.ahead.left > 0 ? [goods.ahead] : []));
  const [first] = ahead.sort((a, b) => (a.on < b.on ? -1 : 1));
  return first ? { kind: first.kind, on: first.on } : { kind: "out_of_stock" };
}

/** Why it is later: `backorder` or `preorder`, with the units and the day. */
export const waitReason = ({ kind, units, on }: Wait): Because => ({ kind, data: { units, on } });

/**
 * Why a promise cannot be kept in the way that is wanted [PRM-5]: taking goods away needs a place that is open until they are ready, and
 * nobody collects at a time when it is closed (its closing instant still serves). A place with slots takes no other times [PRM-12]. Null when
 * it can.
 */
export function whyNotSo(
  promise: JointPromise,
  wanted: { readonly kind: "take_away" | "collect"; readonly dueAt: Date | null },
  { hours, timeZone, slots }: PromisingPlace,
): Because | null {
  if (promise.promiseAt === null) return promise.because;
  if (wanted.kind === "take_away" && promise.method === "collect") return promise.because;
  if (promise.because?.kind === "store_away" && wanted.dueAt !== null && wanted.dueAt < promise.promiseAt) return promise.because;
  if (wanted.dueAt === null || wanted.dueAt <= promise.promiseAt) return null;
  const unserved = whyNotServed(promise, wanted.dueAt, timeZone);
  if (unserved) return unserved;
  if (slots) return { kind: "slot_needed", data: { dueAt: wanted.dueAt.toISOString() } };
  const isClosed = (instant: Date) => openState(hours, timeZone, instant).state === "closed";
  if (!isClosed(wanted.dueAt) || !isClosed(new Date(wanted.dueAt.getTime() - 1))) return null;
  const opensAt = nextOpening(hours, timeZone, wanted.dueAt);
  return { kind: "closed_then", data: { dueAt: wanted.dueAt.toISOString(), opensAt: opensAt?.toISOString() ?? null } };
}

/** Why goods cannot be wanted for an instant: they are sold at other times [PRM-61]. Null when they can. */
export function whyNotServed({ served = [] }: Pick<JointPromise, "served">, dueAt: Date, timeZone: string): Because | null {
  if (served.every((windows) => isServed(windows, timeZone, dueAt))) return null;
  const from = servedFrom(served, timeZone, dueAt);
  return { kind: "not_served_then", data: { dueAt: dueAt.toISOString(), from: from?.toISOString() ?? null } };
}

/** Units that can be promised, never below 0; null for goods made to order. */
export function unitsOf({ tracked, available }: Pick<PromisedGoods, "tracked" | "available">): number | null {
  return tracked ? Math.max(0, available ?? 0) : null;
}

/** What nobody has to make waits for no hands: it is ready beside the queue [PRM-31]. */
function readySeconds(goods: PromisedGoods, { collectReadyMinutes, queueSeconds = 0 }: PromisingPlace, quantity: number): number {
  return collectReadyMinutes * 60 + (goods.prepSeconds === 0 ? 0 : queueSeconds + secondsFor(goods, quantity));
}

/** [PRM-2] The first thing in the way, the most lasting first: what a customer can do nothing about before what tomorrow mends. */
export function refusalOf(
  goods: PromisedGoods,
  place: Pick<PromisingPlace, "isServing">,
  available: number | null,
  requested: number,
): Because | null {
  if (!place.isServing) return { kind: "place_closed" };
  if (!goods.inAssortment) return { kind: "not_sold_here" };
  if (goods.soldOut) return { kind: "sold_out", data: { until: goods.soldOut.until?.toISOString() ?? null } };
  const most = available === null ? null : available + (goods.ahead?.left ?? 0);
  if (most !== null && most < requested) return { kind: "stock_short", data: { available: most, requested } };
  return null;
}

/**
 * [PRM-3] Work is done while the place is open: what would not be ready before it closes is ready after it opens again. While it pauses nothing is
 * begun [PRM-51].
 */
function readyAt(place: PromisingPlace, seconds: number, at: Date): Pick<GoodsPromise, "method" | "promiseAt" | "because"> {
  const { hours, timeZone, pausedUntil } = place;
  const isPaused = pausedUntil !== undefined && pausedUntil > at;
  const from = isPaused ? pausedUntil : at;
  const { state, nextChange } = openState(hours, timeZone, from);
  const soon = later(from, seconds);
  if (state !== "closed" && (nextChange === null || soon <= nextChange)) {
    const because = isPaused ? { kind: place.isAway ? "store_away" : "paused", data: { until: pausedUntil.toISOString() } } : null;
    // Nobody waits at a store that is not heard: what is ordered there is fetched later.
    return { method: because?.kind === "store_away" ? "collect" : "take_away", promiseAt: soon, because };
  }
  const opensAt = state === "closed" ? nextChange : nextOpening(hours, timeZone, nextChange ?? from);
  if (!opensAt) return { method: null, promiseAt: null, because: { kind: "place_closed" } };
  const kind = state === "closed" ? "opens_later" : "ready_after_closing";
  return { method: "collect", promiseAt: later(opensAt, seconds), because: { kind, data: { opensAt: opensAt.toISOString() } } };
}

/** Goods on their way to a place, with the day on its calendar on which they are expected. */
export type Arrival = { readonly on: BusinessDate; readonly quantity: number };

/**
 * The day on which a place that has too few is expected to have enough [PRM-32], by what is on its way there, the earliest first; null when nobody
 * can say. Days that are over say nothing: what is late is on no calendar. It is no promise, and holds nothing.
 */
export function expectedOn(available: number, wanted: number, arrivals: readonly Arrival[], today: BusinessDate): BusinessDate | null {
  let units = available;
  for (const { on, quantity } of arrivals) {
    if (on < today) continue;
    units += quantity;
    if (units >= wanted) return on;
  }
  return null;
}

function later(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}
