import { addDays, wallClock } from "@weft/kernel";
import type { WeekWindows } from "../../places/domain/index.ts";
import { whyNotServed, type TakenSlot } from "./promise.ts";
import { hasRoom, roomOf, slotsOn, whyNoSlot, type Slot, type SlotLoad, type SlottedPlace } from "./slots.ts";
import type { Work } from "./work.ts";

/** Goods, as the slots that they can be collected in depend on them. */
export type GoodsForSlot = {
  /** They are collected in no slot before. */
  readonly readyAt: Date | null;
  readonly work: Work;
  /** When the place sells what it does not sell all day [PRM-61]. */
  readonly served?: readonly WeekWindows[];
};

/** Where a free slot is looked for: from an instant on, over so many dates of the place. */
export type SlotSearch = { readonly at: Date; readonly from: Date; readonly dates: number };

/** The first slot from an instant on in which goods can be collected; undefined: none has room for all of it. */
export function firstSlotFor(
  place: SlottedPlace,
  goods: GoodsForSlot,
  loadOf: (startsAt: Date) => SlotLoad,
  { at, from, dates }: SlotSearch,
): Slot | undefined {
  const { slots, timeZone } = place;
  if (!slots) return undefined;
  const first = wallClock(from, timeZone).date;
  return Array.from({ length: dates }, (_, ahead) => addDays(first, ahead))
    .flatMap((date) => slotsOn(place, date))
    .find(
      ({ startsAt }) =>
        startsAt >= from &&
        !whyNoSlot(place, startsAt, goods.readyAt, at) &&
        !whyNotServed(goods, startsAt, timeZone) &&
        hasRoom(slots, roomOf(place, startsAt), loadOf(startsAt), goods.work),
    );
}

/** What is taken of the slots of a place by the work of stations: by orders and the counter for good, by carts until their holds end [PRM-23]. */
export type TakenSlots = { readonly forGood: readonly TakenSlot[]; readonly held: readonly HeldWork[] };
export type HeldWork = TakenSlot & { readonly cartId: string; readonly until: Date };

/** What is taken at an instant, as the promise of one cart sees it: what others hold counts until its end, its own is free for itself. */
export function takenAt({ forGood, held }: TakenSlots, at: Date, ownCart: string | null): readonly TakenSlot[] {
  const counting = held.filter(({ cartId, until }) => until > at && cartId !== ownCart);
  if (counting.length === 0) return forGood;
  const sums = new Map<number, { readonly startsAt: Date; readonly at: Record<string, number> }>();
  for (const { startsAt, at: work } of [...forGood, ...counting]) {
    const sum = sums.get(startsAt.getTime()) ?? { startsAt, at: {} };
    for (const [station, seconds] of Object.entries(work)) sum.at[station] = (sum.at[station] ?? 0) + seconds;
    sums.set(startsAt.getTime(), sum);
  }
  return [...sums.values()];
}
