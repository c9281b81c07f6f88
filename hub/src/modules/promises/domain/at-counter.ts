import { fits } from "./slots.ts";
import type { StationSeconds } from "./work.ts";

/** A slot to come, as what is sold over the counter finds it. */
export type CounterSlot = {
  readonly startsAt: Date;
  readonly room: StationSeconds;
  /** What was sold over the counter and is made for it already. */
  readonly atCounter: StationSeconds;
};

/**
 * What a sale over the counter takes of the slots to come [PRM-16]: as much of the first as the counter has left of it, then of the next; what still is
 * over stands with the last. It is never refused, and orders for later go out of its way. Slots of which it takes nothing are left out.
 */
export function spreadAtCounter(
  work: StationSeconds,
  slots: readonly CounterSlot[],
): { readonly startsAt: Date; readonly work: StationSeconds }[] {
  const left: Record<string, number> = { ...work };
  return slots.flatMap(({ startsAt, room, atCounter }, index) => {
    const isLast = index === slots.length - 1;
    const taken = Object.entries(left).flatMap(([station, seconds]): [string, number][] => {
      const free = isLast ? seconds : Math.max(0, (room[station] ?? Infinity) - (atCounter[station] ?? 0));
      return seconds > 0 && free > 0 ? [[station, Math.min(seconds, free)]] : [];
    });
    for (const [station, seconds] of taken) left[station] = (left[station] ?? 0) - seconds;
    return taken.length === 0 ? [] : [{ startsAt, work: Object.fromEntries(taken) }];
  });
}

/** Over its room a station still keeps what it promised within two minutes. */
export const SLACK_SECONDS = 120;

/** An order that could go to a later slot, with its work. */
export type MovableOrder<T> = { readonly order: T; readonly work: StationSeconds };

/**
 * The orders that leave a slot so that the others are kept [PRM-17]: the newest first, as long as a station has more before it than it keeps; one that
 * takes nothing of that station stays. Whoever ordered first is moved last.
 */
export function whoMoves<T>(room: StationSeconds, load: StationSeconds, newestFirst: readonly MovableOrder<T>[]): T[] {
  const kept = Object.fromEntries(Object.entries(room).map(([station, seconds]) => [station, seconds + SLACK_SECONDS]));
  const left: Record<string, number> = { ...load };
  return newestFirst.flatMap(({ order, work }) => {
    const isInTheWay = Object.keys(work).some((station) => (left[station] ?? 0) > (kept[station] ?? Infinity));
    if (!isInTheWay) return [];
    for (const [station, seconds] of Object.entries(work)) left[station] = (left[station] ?? 0) - seconds;
    return [order];
  });
}

/** Whether a slot holds more than its stations keep, so that somebody has to move. */
export const isOverfull = (room: StationSeconds, load: StationSeconds): boolean =>
  !fits(Object.fromEntries(Object.entries(room).map(([station, seconds]) => [station, seconds + SLACK_SECONDS])), {}, load);
