import { asId, type PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import { on, subscriber, type Ctx, type Subscriber } from "../../platform/index.ts";
import {
  fulfillmentsOf,
  movableIn,
  move,
  moveDue,
  readFulfillment,
  tellDelayed,
  type MovableWork,
  type WholeFulfillment,
} from "../fulfillment/index.ts";
import { placesSnapshot } from "../places/index.ts";
import {
  countsStations,
  fits,
  hasRoom,
  isOverfull,
  promisingNow,
  roomOf,
  slotLoads,
  slotsFrom,
  takenOf,
  takeSlot,
  whoMoves,
  type PromisingPlace,
  type Slot,
  type SlotRule,
} from "../promises/index.ts";
import { SlotOverfull } from "../promises/events.ts";
import { workOf } from "./work-of.ts";

/**
 * Moves the orders of a slot that what was sold over the counter leaves no room for [PRM-17]: each to the first later slot that has room for
 * it, with a step, a fact and a message. One for which there is none stays and will be late, which its customer and its place are told. Publishes
 * `fulfillment.changed.v1` and `fulfillment.moved.v1`, or `fulfillment.delayed.v1`.
 */
export async function moveLater(ctx: Ctx, placeId: PlaceId, startsAt: Date): Promise<void> {
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
  const promising = place && (await promisingNow(ctx.snapshots, place, ctx.now));
  const slots = promising?.slots;
  if (!promising || !countsStations(slots)) return;
  const room = roomOf(promising, startsAt);
  const load = (await slotLoads(ctx, placeId, startsAt, startsAt, { alone: "orders" }))(startsAt);
  if (!isOverfull(room, load.at)) return;
  const movable = await movableIn(ctx, placeId, startsAt);
  const moving = whoMoves(
    room,
    load.at,
    movable.map((order) => ({ order, work: order.work })),
  );
  for (const order of moving) await moveOne(ctx, placeId, { ...promising, slots }, order, startsAt);
}

type Slotted = PromisingPlace & { readonly slots: SlotRule };

async function moveOne(ctx: Ctx, placeId: PlaceId, promising: Slotted, { id, kind }: MovableWork, from: Date): Promise<void> {
  const whole = await lockOpen(ctx, id);
  if (!whole) return;
  const work = await workOf(ctx, whole);
  const slot = await laterSlot(ctx, promising, { placeId, kind, from, work });
  if (!slot) return tellDelayed(ctx, whole);
  const taken = takenOf(promising, slot.startsAt, work, { kind, enforce: true });
  await takeSlot(ctx, { id, heldAs: null, placeId, startsAt: slot.startsAt, hold: null, taken });
  const isChosen = kind === "slot";
  await moveDue(ctx, whole, {
    promisedAt: slot.startsAt,
    dueAt: isChosen ? slot.startsAt : null,
    slotUntil: isChosen ? slot.endsAt : null,
    reason: "busy",
  });
}

/** Under the lock of its order; undefined where somebody has begun with it meanwhile, or it is over. */
async function lockOpen(ctx: Ctx, id: WholeFulfillment["fulfillment"]["id"]): Promise<WholeFulfillment | undefined> {
  const before = await readFulfillment(ctx, id);
  if (!before) return undefined;
  await sql`select orders.lock(${before.fulfillment.order_id})`.execute(ctx.db);
  const whole = (await fulfillmentsOf(ctx, before.fulfillment.order_id)).find(({ fulfillment }) => fulfillment.id === id);
  return whole && move(whole.fulfillment.state, "cancel").kind === "moves" ? whole : undefined;
}

type Moving = {
  readonly placeId: PlaceId;
  readonly kind: MovableWork["kind"];
  readonly from: Date;
  readonly work: Awaited<ReturnType<typeof workOf>>;
};

/** No order is moved farther than over so many slots: that is another visit, and its customer's to choose. */
const MOST_SLOTS_LATER = 16;

/** The first slot after the one it has in which there is room for it. */
async function laterSlot(ctx: Ctx, promising: Slotted, { placeId, kind, from, work }: Moving): Promise<Slot | undefined> {
  const earliest = promising.pausedUntil && promising.pausedUntil > from ? promising.pausedUntil : from;
  const slots = slotsFrom(promising, new Date(from.getTime() + 1), MOST_SLOTS_LATER).filter(({ startsAt }) => startsAt > earliest);
  const loadAt = await slotLoads(ctx, placeId, slots[0]?.startsAt ?? from, slots.at(-1)?.startsAt ?? from);
  return slots.find(({ startsAt }) => {
    const [room, load] = [roomOf(promising, startsAt), loadAt(startsAt)];
    return kind === "slot" ? hasRoom(promising.slots, room, load, work) : fits(room, load.at, work.at);
  });
}

// About a second late: what was sold over the counter is known before it, and whoever is moved is told at once.
export const moveLaterSubscriber: Subscriber = subscriber("checkout.move_later", [
  on(SlotOverfull, (ctx, { data }) => moveLater(ctx, asId<PlaceId>(data.placeId), new Date(data.startsAt))),
]);
