import type { Because } from "@weft/contracts";
import { addDays, asId, instantOf, wallClock, type BusinessDate, type PlaceId } from "@weft/kernel";
import {
  openState,
  roomThen,
  type OpeningHours,
  type OpeningInterval,
  type StationRoom,
  type WeekWindows,
} from "../../places/domain/index.ts";
import type { StationSeconds, Work } from "./work.ts";

/** How a place takes orders for later: in slots of so many minutes, each for so many orders and so much work. */
export type SlotRule = {
  readonly minutes: number;
  readonly orders: number;
  /** Seconds of work that one slot takes; 0: work is not counted. */
  readonly workSeconds: number;
  /** Until so long before its beginning a slot can be taken. */
  readonly leadMinutes: number;
  readonly daysAhead: number;
  /** When there are slots; null: whenever the place is open. */
  readonly windows: WeekWindows | null;
  /** How much work each station does for one slot; empty, or left out: it is not counted. Where it is, everything that is made takes of it [PRM-14]. */
  readonly rooms?: readonly StationRoom[];
};

/** A place, as far as its slots depend on it. */
export type SlottedPlace = {
  readonly hours: OpeningHours;
  readonly timeZone: string;
  readonly slots?: SlotRule | null;
  readonly pausedUntil?: Date;
};

export type Slot = { readonly startsAt: Date; readonly endsAt: Date };

/** What is taken of a slot: orders, and seconds of work, in all and by station. */
export type SlotLoad = { readonly orders: number; readonly workSeconds: number; readonly at: StationSeconds };

const ALL_DAY: readonly OpeningInterval[] = [{ from: 0, until: 24 * 60 }];
const MINUTE_MS = 60_000;

/**
 * The slots of a place on a date of its calendar [PRM-11]: from the beginning of each window on, one after the other, as long as the place
 * is open from its beginning to its end. A time that the clock change skips has none; one that exists twice has the first.
 */
export function slotsOn(place: SlottedPlace, date: BusinessDate): readonly Slot[] {
  const { hours, slots } = place;
  if (!slots) return [];
  let known = found.get(hours);
  if (known?.rule !== slots) found.set(hours, (known = { rule: slots, dates: new Map() }));
  let own = known.dates.get(date);
  if (!own) {
    // A place that nobody restarts for a year keeps no more than the days that are asked for.
    if (known.dates.size > MOST_DATES) known.dates.clear();
    known.dates.set(date, (own = computeSlots(place, slots, date)));
  }
  return own;
}

const MOST_DATES = 60;
/** Computed once for hours and a rule that stay the same: a promise asks for them for every product that is made. */
const found = new WeakMap<OpeningHours, { readonly rule: SlotRule; readonly dates: Map<BusinessDate, readonly Slot[]> }>();

function computeSlots({ hours, timeZone }: SlottedPlace, { minutes, windows }: SlotRule, date: BusinessDate): Slot[] {
  const slots = new Map<number, Slot>();
  for (const { from, until } of windows ? (windows[weekdayOf(date) - 1] ?? []) : ALL_DAY) {
    for (let start = from; start + minutes <= until; start += minutes) {
      const startsAt = instantOf(date, start, timeZone);
      if (wallClock(startsAt, timeZone).minutes !== start) continue;
      const endsAt = new Date(startsAt.getTime() + minutes * MINUTE_MS);
      if (isOpenFor(hours, timeZone, startsAt, endsAt)) slots.set(startsAt.getTime(), { startsAt, endsAt });
    }
  }
  return [...slots.values()].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
}

function isOpenFor(hours: OpeningHours, timeZone: string, startsAt: Date, endsAt: Date): boolean {
  const { state, nextChange } = openState(hours, timeZone, startsAt);
  return state !== "closed" && (nextChange === null || nextChange >= endsAt);
}

const weekdayOf = (date: BusinessDate): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

/** The dates for which slots can be taken: today at the place, and as many days after it as its rule says. */
export function slotDates({ timeZone, slots }: SlottedPlace, at: Date): BusinessDate[] {
  const today = wallClock(at, timeZone).date;
  return slots ? Array.from({ length: slots.daysAhead + 1 }, (_, ahead) => addDays(today, ahead)) : [];
}

/**
 * Why no order can be taken for a slot that begins at an instant [PRM-12]: there is none, or it begins too soon: before its time of notice,
 * before the goods are ready, or while the place pauses [PRM-51]. Null when it can, as far as there is room. Who holds room of it was in time
 * [PRM-24]: for them only the goods can be late. Reasons: `slot_unknown`, `slot_too_soon`.
 */
export function whyNoSlot(place: SlottedPlace, startsAt: Date, readyAt: Date | null, at: Date, isHeld = false): Because | null {
  const { slots, timeZone } = place;
  const date = wallClock(startsAt, timeZone).date;
  const isSlot = slotDates(place, at).includes(date) && slotsOn(place, date).some((slot) => slot.startsAt.getTime() === startsAt.getTime());
  if (!slots || !isSlot) return { kind: "slot_unknown", data: { startsAt: startsAt.toISOString() } };
  const noticed = new Date(at.getTime() + slots.leadMinutes * MINUTE_MS);
  const limits = isHeld ? [readyAt] : [noticed, readyAt, place.pausedUntil];
  const earliest = limits.reduce<Date>((latest, each) => (each && each > latest ? each : latest), at);
  return startsAt < earliest
    ? { kind: "slot_too_soon", data: { startsAt: startsAt.toISOString(), earliest: earliest.toISOString() } }
    : null;
}

/** Whether a slot has room for one more order with so much work [PRM-13], also at each of its stations [PRM-14]. */
export function hasRoom(rule: SlotRule, room: StationSeconds, load: SlotLoad, work: Work): boolean {
  return ordersLeft(rule, room, load, work) > 0;
}

/** How many more orders with so much work each a slot takes. */
export function ordersLeft({ orders, workSeconds }: SlotRule, room: StationSeconds, load: SlotLoad, work: Work): number {
  const often = (free: number, need: number): number => (need > 0 ? Math.floor(free / need) : Infinity);
  const atStations = Object.entries(work.at).map(([station, need]) => often((room[station] ?? Infinity) - (load.at[station] ?? 0), need));
  const inAll = workSeconds === 0 ? Infinity : load.workSeconds > workSeconds ? 0 : often(workSeconds - load.workSeconds, work.seconds);
  return Math.max(0, Math.min(orders - load.orders, inAll, ...atStations));
}

/** Whether stations with this room do so much more work beside what they have. A station whose work is not counted does any. */
export function fits(room: StationSeconds, load: StationSeconds, work: StationSeconds): boolean {
  return Object.entries(work).every(([station, seconds]) => (load[station] ?? 0) + seconds <= (room[station] ?? Infinity));
}

/** Seconds of work that each station of a place does for the slot that begins at an instant; empty where none is counted. */
export function roomOf({ slots, timeZone }: SlottedPlace, startsAt: Date): StationSeconds {
  return slots?.rooms && slots.rooms.length > 0 ? roomThen(slots.rooms, wallClock(startsAt, timeZone)) : NO_ROOM_SAID;
}

const NO_ROOM_SAID: StationSeconds = {};

/** Whether everything that is made at a place takes room in its slots [PRM-14]. */
export const countsStations = (slots: SlotRule | null | undefined): slots is SlotRule => (slots?.rooms?.length ?? 0) > 0;

/**
 * The slot that something is made for which is ready at an instant [PRM-14]: the one that begins then, or next. The work for a slot is done in the minutes
 * before it begins, as many as it lasts; undefined where that instant is in none of them: after the last of an evening, or between two windows.
 */
export function slotFrom(place: SlottedPlace, at: Date): Slot | undefined {
  const lengthMs = (place.slots?.minutes ?? 0) * MINUTE_MS;
  const { date } = wallClock(at, place.timeZone);
  const isFor = ({ startsAt }: Slot): boolean => startsAt >= at && startsAt.getTime() - lengthMs < at.getTime();
  // A place that is open past midnight has its next slot on the next date.
  return slotsOn(place, date).find(isFor) ?? slotsOn(place, addDays(date, 1)).find(isFor);
}

/** That slot and those that follow it without a gap, at most so many. */
export function slotsFrom(place: SlottedPlace, at: Date, most: number): Slot[] {
  const slots: Slot[] = [];
  let next = slotFrom(place, at);
  while (next && slots.length < most) {
    slots.push(next);
    next = slotFrom(place, new Date(next.startsAt.getTime() + 1));
  }
  return slots;
}

/** What something takes of a slot, with the room that it is taken from, as `promises.take_slot` reads it. */
export type TakenRoom = {
  /** `slot`: somebody chose it; `soon`: it is ordered for now, and made for that slot. */
  readonly kind: "slot" | "soon";
  readonly work_seconds: number;
  readonly work: StationSeconds;
  readonly room: StationSeconds;
  readonly most_orders: number;
  /** 0: not counted. */
  readonly most_seconds: number;
  /** False: whatever room there is. */
  readonly enforce: boolean;
};

/** The room that so much work takes of a slot of a place, which has slots [PRM-13, PRM-14]. */
export function takenOf(
  place: SlottedPlace & { readonly slots: SlotRule },
  startsAt: Date,
  work: Work,
  how: Pick<TakenRoom, "kind" | "enforce">,
): TakenRoom {
  const { orders, workSeconds } = place.slots;
  // Work of the whole place is asked of who chose the slot, as it was before stations were counted.
  const most = { most_orders: orders, most_seconds: how.kind === "slot" ? workSeconds : 0 };
  return { ...how, work_seconds: work.seconds, work: work.at, room: roomOf(place, startsAt), ...most };
}

/** A slot is named by its place and beginning, so that nothing is stored of one that nobody has taken. */
export function slotIdOf(placeId: PlaceId, startsAt: Date): string {
  return `${placeId}.${startsAt.getTime() / MINUTE_MS}`;
}

/** What a slot's name says; undefined when it is none. Whether the place has such a slot is for `whyNoSlot` to say. */
export function readSlotId(text: string): { readonly placeId: PlaceId; readonly startsAt: Date } | undefined {
  const [, placeId, minutes] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,9})$/.exec(text) ?? [];
  return placeId === undefined ? undefined : { placeId: asId<PlaceId>(placeId), startsAt: new Date(Number(minutes) * MINUTE_MS) };
}
