import { err, ok, type FulfillmentId, type LineId, type PlaceId, type Result } from "@weft/kernel";
import type { Ctx } from "../../platform/index.ts";
import type { LineUnits, WholeFulfillment } from "../fulfillment/index.ts";
import type { NewOrderLine } from "../orders/index.ts";
import { placesSnapshot } from "../places/index.ts";
import {
  bookedBy,
  countsStations,
  fits,
  hasRoom,
  lessWork,
  promisingNow,
  roomOf,
  slotFrom,
  slotLoads,
  slotsFrom,
  slotsOf,
  takenOf,
  takeSlot,
  type PromisingPlace,
  type Slot,
  type SlotBooking,
  type SlotRule,
  type TakenRoom,
  type Work,
} from "../promises/index.ts";
import type { CheckoutError } from "./errors.ts";
import type { ChangeReader, PreparedChange } from "./prepare-change.ts";
import { servedTimes, workAt, type NamedGoods } from "./work-of.ts";

/** The room that a part of an order takes once it was changed. */
export type RoomOfChange = {
  readonly id: FulfillmentId;
  readonly placeId: PlaceId;
  readonly startsAt: Date;
  readonly taken: TakenRoom;
  /** When it is ready instead, where it is made for a later slot; else null. */
  readonly promisedAt: Date | null;
};

type Changed = { readonly target: WholeFulfillment; readonly off: readonly LineUnits[]; readonly added: readonly NewOrderLine[] };
type Slotted = PromisingPlace & { readonly slots: SlotRule };

/** No change makes an order later than over so many slots: that is another visit. */
const MOST_SLOTS_LATER = 16;

/**
 * The room for what comes to an order [PRM-19]: in the slot that its customer chose, else in the first from the one it is made for that has some. Null
 * where no room is counted. Errors: `order.no_room` with the next slot that takes all of it.
 */
export async function roomForAdded(
  ctx: ChangeReader,
  changed: Changed,
  readyAt: Date | null,
): Promise<Result<RoomOfChange | null, CheckoutError>> {
  const { kind, place_id: placeId, awaits_on: awaitsOn } = changed.target.fulfillment;
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
  const promising = place && (await promisingNow(ctx.snapshots, place, ctx.now));
  const slots = promising?.slots;
  if (!promising || !slots || kind === "ship" || awaitsOn !== null) return ok(null);
  const goods = goodsAfter(changed);
  const work = await workAt(ctx, placeId, goods);
  const booked = await bookedBy(ctx, changed.target.fulfillment.id);
  return booked?.kind === "slot"
    ? inItsSlot(ctx, changed.target, { ...promising, slots }, { booked, goods, work })
    : asSoonAsPossible(ctx, changed.target, { ...promising, slots }, { booked, work, readyAt });
}

/** The goods of a part as they are after a change. */
function goodsAfter({ target, off, added }: Changed): NamedGoods[] {
  const gone = new Map<LineId, number>(off.map(({ orderLineId, quantity }) => [orderLineId, quantity]));
  const kept = target.lines
    .filter(({ kind }) => kind === "goods")
    .map(({ sku, options, quantity, order_line_id: id }) => ({ sku, options, quantity: quantity - (gone.get(id) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
  return [...kept, ...added.map(({ sku, options, ordered }) => ({ sku, options, quantity: ordered }))];
}

type Wanted = { readonly booked: SlotBooking; readonly goods: readonly NamedGoods[]; readonly work: Work };

async function inItsSlot(
  ctx: ChangeReader,
  { fulfillment: { id, place_id: placeId } }: WholeFulfillment,
  place: Slotted,
  { booked: { startsAt, work: before }, goods, work }: Wanted,
): Promise<Result<RoomOfChange | null, CheckoutError>> {
  const taken = takenOf(place, startsAt, work, { kind: "slot", enforce: true });
  const load = (await slotLoads(ctx, placeId, startsAt, startsAt, { own: id }))(startsAt);
  if (!grows(before, work) || hasRoom(place.slots, roomOf(place, startsAt), load, work))
    return ok({ id, placeId, startsAt, taken, promisedAt: null });
  const served = await servedTimes(ctx, placeId, goods);
  const others = await slotsOf(ctx, placeId, { readyAt: startsAt, work, served, refusal: null, own: id });
  const next = others?.items.find(({ left }) => left > 0);
  return err({ code: "order.no_room", startsAt: startsAt.toISOString(), nextAt: next?.startsAt ?? null, nextSlotId: next?.id ?? null });
}

type Soon = { readonly booked: SlotBooking | undefined; readonly work: Work; readonly readyAt: Date | null };

async function asSoonAsPossible(
  ctx: ChangeReader,
  { fulfillment: { id, place_id: placeId, promised_at: promisedAt } }: WholeFulfillment,
  place: Slotted,
  { booked, work, readyAt }: Soon,
): Promise<Result<RoomOfChange | null, CheckoutError>> {
  if (!countsStations(place.slots) || Object.keys(work.at).length === 0 || promisedAt === null) return ok(null);
  const from = readyAt && readyAt > promisedAt ? readyAt : promisedAt;
  // What it has of its slot stays its own, though the clock has passed it.
  if (booked && booked.startsAt <= ctx.now) return ok(null);
  const first = slotFrom(place, from);
  if (!first) return ok(null);
  const slot = await firstWithRoom(ctx, place, { id, placeId, work, from });
  if (!slot) return err({ code: "order.no_room", startsAt: first.startsAt.toISOString(), nextAt: null, nextSlotId: null });
  const isLater = slot.startsAt.getTime() !== first.startsAt.getTime();
  const taken = takenOf(place, slot.startsAt, work, { kind: "soon", enforce: true });
  return ok({ id, placeId, startsAt: slot.startsAt, taken, promisedAt: isLater ? slot.startsAt : null });
}

type Looking = { readonly id: FulfillmentId; readonly placeId: PlaceId; readonly work: Work; readonly from: Date };

async function firstWithRoom(ctx: ChangeReader, place: Slotted, { id, placeId, work, from }: Looking): Promise<Slot | undefined> {
  const slots = slotsFrom(place, from, MOST_SLOTS_LATER);
  const loadAt = await slotLoads(ctx, placeId, slots[0]?.startsAt ?? from, slots.at(-1)?.startsAt ?? from, { own: id });
  return slots.find(({ startsAt }) => fits(roomOf(place, startsAt), loadAt(startsAt).at, work.at));
}

/** Whether it is more work than before, in all or anywhere. */
const grows = (before: Work, after: Work): boolean =>
  after.seconds > before.seconds || Object.entries(after.at).some(([station, seconds]) => seconds > (before.at[station] ?? 0));

/**
 * Takes the room of a change, and gives back what its parts do not need any more: that is never refused. In the order of locks after budgets, before
 * stock levels. Raises WF030 where others were faster.
 */
export async function takeChangedRoom(ctx: Ctx, { parts, removal, room }: PreparedChange): Promise<void> {
  for (const target of parts) {
    const { id, place_id: placeId } = target.fulfillment;
    if (room?.id === id) await takeMore(ctx, room);
    else if (removal.has(id) && (await bookedBy(ctx, id)))
      await lessWork(ctx, id, await workAt(ctx, placeId, goodsAfter({ target, off: removal.get(id) ?? [], added: [] })));
  }
}

async function takeMore(ctx: Ctx, { id, placeId, startsAt, taken }: RoomOfChange): Promise<void> {
  const booked = await bookedBy(ctx, id);
  const work = { seconds: taken.work_seconds, at: taken.work };
  const isLess = booked?.startsAt.getTime() === startsAt.getTime() && !grows(booked.work, work);
  if (isLess) await lessWork(ctx, id, work);
  else await takeSlot(ctx, { id, heldAs: null, placeId, startsAt, hold: null, taken });
}
