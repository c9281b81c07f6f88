import type { Because } from "@weft/contracts";
import { addDays, asId, instantOf, wallClock, type BusinessDate, type PlaceId } from "@weft/kernel";
import { openState, type OpeningHours, type OpeningInterval, type WeekWindows } from "../../places/domain/index.ts";

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
};

/** A place, as far as its slots depend on it. */
export type SlottedPlace = {
  readonly hours: OpeningHours;
  readonly timeZone: string;
  readonly slots?: SlotRule | null;
  readonly pausedUntil?: Date;
};

export type Slot = { readonly startsAt: Date; readonly endsAt: Date };

/** What is taken of a slot: orders, and seconds of work. */
export type SlotLoad = { readonly orders: number; readonly workSeconds: number };

const ALL_DAY: readonly OpeningInterval[] = [{ from: 0, until: 24 * 60 }];
const MINUTE_MS = 60_000;

/**
 * The slots of a place on a date of its calendar [PRM-11]: from the beginning of each window on, one after the other, as long as the place
 * is open from its beginning to its end. A time that the clock change skips has none; one that exists twice has the first.
 */
export function slotsOn({ hours, timeZone, slots }: SlottedPlace, date: BusinessDate): Slot[] {
  if (!slots) return [];
  const { minutes, windows } = slots;
  const found = new Map<number, Slot>();
  for (const { from, until } of windows ? (windows[weekdayOf(date) - 1] ?? []) : ALL_DAY) {
    for (let start = from; start + minutes <= until; start += minutes) {
      const startsAt = instantOf(date, start, timeZone);
      if (wallClock(startsAt, timeZone).minutes !== start) continue;
      const endsAt = new Date(startsAt.getTime() + minutes * MINUTE_MS);
      if (isOpenFor(hours, timeZone, startsAt, endsAt)) found.set(startsAt.getTime(), { startsAt, endsAt });
    }
  }
  return [...found.values()].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
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
 * before the goods are ready, or while the place pauses [PRM-51]. Null when it can, as far as there is room. Reasons: `slot_unknown`, `slot_too_soon`.
 */
export function whyNoSlot(place: SlottedPlace, startsAt: Date, readyAt: Date | null, at: Date): Because | null {
  const { slots, timeZone } = place;
  const date = wallClock(startsAt, timeZone).date;
  const isSlot = slotDates(place, at).includes(date) && slotsOn(place, date).some((slot) => slot.startsAt.getTime() === startsAt.getTime());
  if (!slots || !isSlot) return { kind: "slot_unknown", data: { startsAt: startsAt.toISOString() } };
  const noticed = new Date(at.getTime() + slots.leadMinutes * MINUTE_MS);
  const earliest = [readyAt, place.pausedUntil].reduce<Date>((latest, each) => (each && each > latest ? each : latest), noticed);
  return startsAt < earliest
    ? { kind: "slot_too_soon", data: { startsAt: startsAt.toISOString(), earliest: earliest.toISOString() } }
    : null;
}

/** Whether a slot has room for one more order with so much work [PRM-13]. */
export function hasRoom({ orders, workSeconds }: SlotRule, load: SlotLoad, work: number): boolean {
  return load.orders < orders && (workSeconds === 0 || load.workSeconds + work <= workSeconds);
}

/** Work on the goods of an order, in seconds; a weighing counts once however much it weighs. */
export function workOn(lines: readonly { readonly prepSeconds: number; readonly unit: string; readonly quantity: number }[]): number {
  return lines.reduce((sum, { prepSeconds, unit, quantity }) => sum + prepSeconds * (unit === "gram" ? 1 : quantity), 0);
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
