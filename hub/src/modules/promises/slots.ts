import type { AnswerOf, Because } from "@weft/contracts";
import { wallClock, type CartId, type PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import { job, type Ctx, type Job, type ReadCtx } from "../../platform/index.ts";
import { placesSnapshot, type Place, type WeekWindows } from "../places/index.ts";
import {
  hasRoom,
  NO_WORK,
  ordersLeft,
  roomOf,
  slotDates,
  slotIdOf,
  slotsOn,
  whyNoSlot,
  whyNotServed,
  type PromisingPlace,
  type Slot,
  type SlotLoad,
  type SlotRule,
  type TakenRoom,
  type Work,
} from "./domain/index.ts";
import { promisingPlace } from "./promising-place.ts";
import { forgetPaces } from "./pace.ts";
import { loadsBut, NOTHING_TAKEN, slotLoads, type NamedLoad } from "./slot-loads.ts";
import { forgetQueues, promisingNow } from "./queue.ts";

/** What somebody takes of a slot. */
export type SlotTaking = {
  /** The fulfillment, or what a cart holds it as while its payment is asked for. */
  readonly id: string;
  /** What its cart held it as until now, which becomes it; null: nothing. */
  readonly heldAs: string | null;
  readonly placeId: PlaceId;
  readonly startsAt: Date;
  readonly taken: TakenRoom;
  /** The cart that only holds it, and until when; null: it is taken for good. */
  readonly hold: { readonly cartId: CartId; readonly until: Date } | null;
};

/** Takes room in a slot, or moves what its id has taken there, one at a time [PRM-13, PRM-14]. Raises WF030 when there is none. */
export async function takeSlot(ctx: Pick<Ctx, "db">, { id, heldAs, placeId, startsAt, taken, hold }: SlotTaking): Promise<void> {
  await sql`
    select promises.take_slot(${id}, ${heldAs}, ${placeId}, ${startsAt}, ${JSON.stringify(taken)}::json, ${hold?.cartId ?? null},
      ${hold?.until ?? null})`.execute(ctx.db);
}

/** What a fulfillment has taken of a slot. */
export type SlotBooking = { readonly kind: "slot" | "soon"; readonly startsAt: Date; readonly work: Work };

/** Undefined where it has taken nothing, or is sold over the counter. One statement. */
export async function bookedBy(ctx: Pick<ReadCtx, "db">, id: string): Promise<SlotBooking | undefined> {
  const { rows } = await sql<SlotBooking>`
    select kind, starts_at as "startsAt", jsonb_build_object('seconds', work_seconds, 'at', work) as work
      from promises.slot_booking where id = ${id} and kind <> 'counter' and held_until is null`.execute(ctx.db);
  return rows[0];
}

/** Less is to be made of what has taken room already: nobody can be refused for that. */
export async function lessWork(ctx: Pick<Ctx, "db">, id: string, { seconds, at }: Work): Promise<void> {
  await sql`
    update promises.slot_booking set work_seconds = ${seconds}, work = ${JSON.stringify(at)}::jsonb where id = ${id} and kind <> 'counter'`.execute(
    ctx.db,
  );
}

/** More free places of a slot than this are shown as so many. */
const MOST_SHOWN = 20;

/** What is to be collected, as far as the slots for it depend on it. */
export type SlotGoods = {
  /** It is collected in no slot before; null: whenever. */
  readonly readyAt: Date | null;
  readonly work: Work;
  /** When the place sells what it does not sell all day [PRM-61]. */
  readonly served: readonly WeekWindows[];
  /** Why it cannot be had there in any slot. */
  readonly refusal: Because | null;
  /** The fulfillment or the cart that has room of a slot for it already: that is free for itself. */
  readonly own: string | null;
  /** The beginning of the slot that its cart holds there [PRM-24]; left out: none. */
  readonly heldAt?: Date;
};

/**
 * The slots of a store from now on, with the room in each and the reason where none can be taken [PRM-11]. The same answer for every channel. With
 * goods it is about these [PRM-18]: a slot is free when completion or the move would take it now. Undefined: no such store. One statement.
 */
export async function slotsOf(
  ctx: Pick<ReadCtx, "db" | "snapshots" | "now">,
  placeId: PlaceId,
  goods: SlotGoods | null = null,
): Promise<AnswerOf<"slots.list"> | undefined> {
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
  if (!place || place.kind === "warehouse" || place.status !== "active") return undefined;
  const promising = await promisingNow(ctx.snapshots, place, ctx.now);
  const slots = slotDates(promising, ctx.now)
    .flatMap((date) => slotsOn(promising, date))
    .filter(({ startsAt }) => startsAt > ctx.now);
  const [first] = slots;
  const last = slots.at(-1);
  const rule = promising.slots;
  if (!rule || !first || !last) return { offered: rule !== null && rule !== undefined, items: [] };
  const loadOf = await slotLoads(ctx, placeId, first.startsAt, last.startsAt, { own: goods?.own ?? null });
  const asked = { now: ctx.now, place: { ...promising, slots: rule }, goods };
  return { offered: true, items: slots.map((slot) => presentSlot(asked, placeId, slot, loadOf(slot.startsAt))) };
}

type Asked = { readonly now: Date; readonly place: PromisingPlace & { readonly slots: SlotRule }; readonly goods: SlotGoods | null };

function presentSlot(asked: Asked, placeId: PlaceId, { startsAt, endsAt }: Slot, load: SlotLoad): AnswerOf<"slots.list">["items"][number] {
  const left = leftIn(asked, startsAt, load);
  const because = whyNotIn(asked, startsAt) ?? (left > 0 ? null : { kind: "slot_full" });
  return {
    id: slotIdOf(placeId, startsAt),
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    left: because ? 0 : Math.min(left, MOST_SHOWN),
    because,
  };
}

/** Why a slot is none for what is asked for, however much room it has. */
function whyNotIn({ now, place, goods }: Asked, startsAt: Date): Because | null {
  if (!goods) return whyNoSlot(place, startsAt, null, now);
  const isHeld = goods.heldAt?.getTime() === startsAt.getTime();
  return goods.refusal ?? whyNotServed(goods, startsAt, place.timeZone) ?? whyNoSlot(place, startsAt, goods.readyAt, now, isHeld);
}

/** How many orders for the goods it takes; as long as nobody knows of what, none where nothing is left at any station that is counted. */
function leftIn({ place, goods }: Asked, startsAt: Date, load: SlotLoad): number {
  const room = roomOf(place, startsAt);
  const left = ordersLeft(place.slots, room, load, goods?.work ?? NO_WORK);
  const stations = Object.entries(room);
  const isDone = !goods && stations.length > 0 && stations.every(([station, seconds]) => (load.at[station] ?? 0) >= seconds);
  return isDone ? 0 : left;
}

/** Goods at a place, as the next slot for them depends on it. */
export type SlotWish = { readonly place: Place; readonly readyAt: Date; readonly work: Work };

export type NextSlot = Slot & { readonly id: string };

/**
 * The first slot of each place in which goods can be collected: not before they are ready, and with room for the work on them [PRM-12, PRM-13].
 * Null for a place without slots, or without a free one. One statement, none where no place has slots.
 */
export async function nextSlots(ctx: Pick<ReadCtx, "db" | "now">, wishes: readonly (SlotWish | null)[]): Promise<(NextSlot | null)[]> {
  const slotted = wishes.flatMap((wish) => (wish && promisingPlace(wish.place).slots ? [wish.place.id] : []));
  if (slotted.length === 0) return wishes.map(() => null);
  const { rows } = await sql<NamedLoad>`
    ${loadsBut(null)} from promises.slot_booking b
     where b.place_id = any (${slotted}::uuid[]) and b.starts_at > ${ctx.now} and (b.held_until is null or b.held_until > now())
     group by b.place_id, b.starts_at`.execute(ctx.db);
  const taken = new Map(rows.map((load) => [slotIdOf(load.placeId, load.startsAt), load]));
  return wishes.map((wish) => wish && firstFree(ctx.now, wish, (id) => taken.get(id) ?? NOTHING_TAKEN));
}

function firstFree(now: Date, { place, readyAt, work }: SlotWish, loadOf: (id: string) => SlotLoad): NextSlot | null {
  const promising = promisingPlace(place);
  for (const date of slotDates(promising, now))
    for (const slot of slotsOn(promising, date)) {
      const id = slotIdOf(place.id, slot.startsAt);
      const isFree =
        promising.slots &&
        !whyNoSlot(promising, slot.startsAt, readyAt, now) &&
        hasRoom(promising.slots, roomOf(promising, slot.startsAt), loadOf(id), work);
      if (isFree) return { id, ...slot };
    }
  return null;
}

/** The slots of a place on one date of its calendar with what is taken of each, for those who work there. One statement. */
export async function slotDay(
  ctx: Pick<ReadCtx, "db">,
  place: Place,
  date: string,
): Promise<{ readonly slot: Slot; readonly load: SlotLoad }[]> {
  const slots = slotsOn(promisingPlace(place), date);
  const [first] = slots;
  const last = slots.at(-1);
  if (!first || !last) return [];
  const loadOf = await slotLoads(ctx, place.id, first.startsAt, last.startsAt);
  return slots.map((slot) => ({ slot, load: loadOf(slot.startsAt) }));
}

/** The date that a place has now, on its calendar. */
export const todayAt = ({ timeZone }: Place, now: Date): string => wallClock(now, timeZone).date;

/** Days after its slot for which what was taken of it is kept, so that a day that is over can be looked at. */
const KEPT_DAYS = 35;

export const promisesJobs: readonly Job[] = [
  job(
    "promises.forget",
    (desk) =>
      desk.write(async (ctx) => {
        await sql`
          delete from promises.slot_booking where starts_at < ${ctx.now}::timestamptz - make_interval(days => ${KEPT_DAYS}::integer)
             or held_until < ${ctx.now}::timestamptz - interval '1 day'`.execute(ctx.db);
        await forgetQueues(ctx);
        await forgetPaces(ctx);
      }),
    { cron: "51 3 * * *" },
  ),
];
