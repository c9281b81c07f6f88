import {
  fits,
  hasRoom,
  isOverfull,
  promiseForAll,
  roomOf,
  slotFrom,
  slotsFrom,
  slotsOn,
  spreadAtCounter,
  whoMoves,
  workOn,
  type PromisingPlace,
  type SlotRule,
  type StationSeconds,
  type Work,
} from "../../hub/src/modules/promises/domain/index.ts";
import { readSlotRoom } from "../../hub/src/modules/places/domain/index.ts";
import { randomFrom } from "../../scripts/random.ts";
import { makeAll, type Job } from "./cafe-stations.ts";

/**
 * A day in a cafe, by the very rules of the hub: people at the counter and orders ahead come by a daily curve, promises are given, room is taken, orders
 * move out of the way of the counter, and two stations make all of it in the order of their screens, each piece a little faster or slower than is set.
 */
export type DayOptions = {
  readonly seed: number;
  /** Orders and sales of an average hour. */
  readonly perHour: number;
  /** How many of a hundred are sold over the counter. */
  readonly counterPercent: number;
  /** Whether what is sold over the counter takes room of the slots, and orders move out of its way; false: only orders know of each other. */
  readonly isShared: boolean;
};

/** Sales by the hour from 7 to 19 of 3,636 coffees over 381 days ("Coffee Sales", CC0-1.0). */
const CURVE = [91, 235, 247, 349, 294, 249, 227, 228, 245, 282, 245, 220] as const;
const OPENS_HOUR = 7;
const MINUTE_MS = 60_000;
const DAY = "2026-03-02";
const at = (minutes: number): Date => new Date(Date.parse(`${DAY}T00:00:00Z`) + minutes * MINUTE_MS);

/** What is made, by station; a further piece of the same drink takes six tenths. */
const GOODS = [
  { productId: "espresso", prepSeconds: 30, station: "Bar", batchPercent: 60, share: 0.2 },
  { productId: "cappuccino", prepSeconds: 60, station: "Bar", batchPercent: 60, share: 0.45 },
  { productId: "matcha", prepSeconds: 90, station: "Bar", batchPercent: 60, share: 0.15 },
  { productId: "toast", prepSeconds: 120, station: "Kitchen", batchPercent: 50, share: 0.2 },
] as const;
export const HANDS = { Bar: 2, Kitchen: 1 } as const;

/** Of the minutes that its people have for a slot a station promises most, and keeps some for what takes longer. */
const rule: SlotRule = {
  minutes: 15,
  orders: 100,
  workSeconds: 0,
  leadMinutes: 0,
  daysAhead: 0,
  windows: null,
  rooms: readSlotRoom("Bar: 24 | Kitchen: 12") ?? [],
};
const place = {
  isServing: true,
  hours: { weekly: Array.from({ length: 7 }, () => [{ from: OPENS_HOUR * 60, until: 19 * 60 }]), exceptions: [] },
  timeZone: "UTC",
  collectReadyMinutes: 2,
  hasStations: true,
  slots: rule,
} satisfies PromisingPlace;

/** Something that is ordered or sold, with what became of its promise. */
export type Order = Job & { readonly kind: "counter" | "soon" | "slot"; slot: number | null; firstPromise: number | null; moves: number };

/** What is taken of a slot, by its beginning: everything, and what of it was sold over the counter. */
type Taken = { at: Record<string, number>; counter: Record<string, number>; orders: number };
export type Day = { readonly orders: readonly Order[]; readonly refused: number; readonly mostPromised: (station: string) => number };

/** Plays a day through. Deterministic by its seed. */
export function cafeDay(options: DayOptions): Day {
  const random = randomFrom(options.seed);
  const slots = new Map<number, Taken>();
  const orders: Order[] = [];
  let refused = 0;
  const arrivals = arrivalsOf(options, random);
  makeAll(
    HANDS,
    orders,
    arrivals.map(({ time }) => time),
    (index, now) => {
      const arrival = arrivals[index];
      if (!arrival) return;
      const order = accept({ ...arrival, now, open: orders, slots, isShared: options.isShared }, random);
      if (!order) refused++;
      else {
        orders.push(order);
        if (order.kind === "counter" && options.isShared) takeAtCounter(slots, orders, order);
      }
    },
  );
  return { orders, refused, mostPromised: (station) => mostPromised(slots, station) };
}

type Arrival = { readonly time: number; readonly kind: Order["kind"]; readonly aheadMinutes: number; readonly work: Work };

/** People come by the curve, each at any instant of their hour (a Poisson process whose number is known is that). */
function arrivalsOf({ perHour, counterPercent }: DayOptions, random: () => number): Arrival[] {
  const average = CURVE.reduce((sum, sales) => sum + sales, 0) / CURVE.length;
  return CURVE.flatMap((sales, hour) =>
    Array.from({ length: Math.round((perHour * sales) / average) }, (): Arrival => {
      const isCounter = random() * 100 < counterPercent;
      const time = at((OPENS_HOUR + hour + random()) * 60).getTime();
      const kind = isCounter ? "counter" : random() < 0.5 ? "soon" : "slot";
      return { time, kind, aheadMinutes: 20 + random() * 120, work: basket(random) };
    }),
  ).sort((a, b) => a.time - b.time);
}

function basket(random: () => number): Work {
  const pieces = Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
    let left = random();
    const goods = GOODS.find(({ share }) => (left -= share) <= 0) ?? GOODS[1];
    return { ...goods, unit: "piece", quantity: 1 };
  });
  return workOn(pieces);
}

type Accepting = Arrival & {
  readonly now: number;
  readonly open: readonly Order[];
  readonly slots: Map<number, Taken>;
  readonly isShared: boolean;
};

function accept({ time, kind, aheadMinutes, work, open, slots, isShared }: Accepting, random: () => number): Order | undefined {
  const order = { kind, placedAt: time, work: work.at, slot: null, firstPromise: null, moves: 0, made: {}, ...noise(work.at, random) };
  if (kind === "counter") return { ...order, dueAt: time + place.collectReadyMinutes * MINUTE_MS, promise: null };
  const chosen = kind === "slot" ? freeSlot(slots, time + aheadMinutes * MINUTE_MS, work) : undefined;
  const promise = kind === "slot" ? chosen : promiseNow(open, slots, time, work, isShared);
  if (promise === undefined) return undefined;
  const slot = kind === "slot" ? promise : (slotFrom(place, new Date(promise))?.startsAt.getTime() ?? null);
  if (slot !== null) take(slots, slot, work.at, kind === "slot");
  return { ...order, slot, firstPromise: promise, promise, dueAt: promise };
}

/** How long it really takes: mostly within a quarter of what is set. */
function noise(work: StationSeconds, random: () => number): Pick<Job, "takes"> {
  const factor = (): number => Math.exp(0.2 * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
  return { takes: Object.fromEntries(Object.entries(work).map(([station, seconds]) => [station, seconds * factor()])) };
}

const takenAt = (slots: Map<number, Taken>, slot: number): Taken => slots.get(slot) ?? { at: {}, counter: {}, orders: 0 };

function take(slots: Map<number, Taken>, slot: number, work: StationSeconds, isChosen: boolean, sign: 1 | -1 = 1): void {
  const taken = takenAt(slots, slot);
  for (const [station, seconds] of Object.entries(work)) taken.at[station] = (taken.at[station] ?? 0) + sign * seconds;
  if (isChosen) taken.orders += sign;
  slots.set(slot, taken);
}

function freeSlot(slots: Map<number, Taken>, wanted: number, work: Work): number | undefined {
  return slotsOn(place, DAY)
    .find(({ startsAt }) => {
      const { at: load, orders } = takenAt(slots, startsAt.getTime());
      return startsAt.getTime() >= wanted && hasRoom(rule, roomOf(place, startsAt), { orders, workSeconds: 0, at: load }, work);
    })
    ?.startsAt.getTime();
}

/** As the hub promises it: behind the queue, and where its stations have room. */
function promiseNow(open: readonly Order[], slots: Map<number, Taken>, time: number, work: Work, isShared: boolean): number | undefined {
  const waiting = open.filter(({ kind, doneAt = Infinity }) => doneAt > time && kind !== "slot" && (isShared || kind !== "counter"));
  const queued = waiting.reduce((sum, order) => sum + Object.values(order.work).reduce((all, seconds) => all + seconds, 0), 0);
  const taken = [...slots].map(([startsAt, { at: load }]) => ({ startsAt: new Date(startsAt), at: load }));
  const wishes = Object.entries(work.at).map(([station, prepSeconds]) => ({
    goods: { inAssortment: true, soldOut: null, tracked: false, available: null, prepSeconds, unit: "piece" as const, station },
    quantity: 1,
  }));
  const busy = { ...place, queueSeconds: queued / (HANDS.Bar + HANDS.Kitchen), taken };
  return promiseForAll(wishes, busy, new Date(time)).promiseAt?.getTime();
}

function takeAtCounter(slots: Map<number, Taken>, orders: readonly Order[], { placedAt, work }: Order): void {
  const coming = slotsFrom(place, new Date(placedAt), 8).map(({ startsAt }) => startsAt);
  const found = coming.map((startsAt) => ({
    startsAt,
    room: roomOf(place, startsAt),
    atCounter: takenAt(slots, startsAt.getTime()).counter,
  }));
  for (const { startsAt, work: part } of spreadAtCounter(work, found)) {
    const slot = startsAt.getTime();
    take(slots, slot, part, false);
    const { counter } = takenAt(slots, slot);
    for (const [station, seconds] of Object.entries(part)) counter[station] = (counter[station] ?? 0) + seconds;
    moveOut(slots, orders, slot);
  }
}

/** Orders that the counter leaves no room for go to the next slot that has some, and their customers are told. */
function moveOut(slots: Map<number, Taken>, orders: readonly Order[], slot: number): void {
  const room = roomOf(place, new Date(slot));
  const load = takenAt(slots, slot).at;
  if (!isOverfull(room, load)) return;
  const movable = orders.filter((order) => order.slot === slot && order.begunAt === undefined && order.kind !== "counter").toReversed();
  for (const order of whoMoves(
    room,
    load,
    movable.map((one) => ({ order: one, work: one.work })),
  )) {
    const later = slotsFrom(place, new Date(slot + 1), 16).find(({ startsAt }) =>
      fits(roomOf(place, startsAt), takenAt(slots, startsAt.getTime()).at, order.work),
    );
    if (!later) continue;
    take(slots, slot, order.work, order.kind === "slot", -1);
    take(slots, later.startsAt.getTime(), order.work, order.kind === "slot");
    Object.assign(order, {
      slot: later.startsAt.getTime(),
      promise: later.startsAt.getTime(),
      dueAt: later.startsAt.getTime(),
      moves: order.moves + 1,
    });
  }
}

/** The most that orders alone took of a slot beyond what it has room for, in seconds; nothing of it is ever promised. */
function mostPromised(slots: Map<number, Taken>, station: string): number {
  const over = [...slots].map(([slot, { at: load, counter }]) => {
    const promised = (load[station] ?? 0) - (counter[station] ?? 0);
    return promised - (roomOf(place, new Date(slot))[station] ?? Infinity);
  });
  return Math.max(0, ...over);
}
