import { asId, type FulfillmentId, type HubEvent, type PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import { defineSnapshot, publish, type Ctx, type Db } from "../../platform/index.ts";
import { FulfillmentChanged, FulfillmentMoved } from "../fulfillment/events.ts";
import { OrderPlaced } from "../orders/events.ts";
import { placesSnapshot, type Place } from "../places/index.ts";
import {
  countsStations,
  isOverfull,
  roomOf,
  slotsFrom,
  spreadAtCounter,
  type Slot,
  type StationSeconds,
  type TakenSlots,
} from "./domain/index.ts";
import { SlotOverfull, SlotsChanged } from "./events.ts";
import { promisingPlace } from "./promising-place.ts";
import { slotLoads, takenToCome, type TakenPart } from "./slot-loads.ts";

/** Promises for now look no further ahead; what is chosen for later is asked of the database. */
const HOURS_AHEAD = 36;

type Takens = ReadonlyMap<PlaceId, TakenSlots>;

/** What is taken of the slots to come of places that count the work of their stations, in memory, a moment old. */
export const takenSnapshot = defineSnapshot<Takens>({ name: "promises.taken", load: loadTaken, invalidatedBy: [SlotsChanged] });

async function loadTaken(db: Db): Promise<Takens> {
  const parts = Map.groupBy(await takenToCome({ db }, HOURS_AHEAD), ({ placeId }) => placeId);
  return new Map([...parts].map(([placeId, own]) => [placeId, slotsTaken(own)]));
}

function slotsTaken(parts: readonly TakenPart[]): TakenSlots {
  const held = parts.flatMap((part) => (part.cartId === null ? [] : [part]));
  return { forGood: parts.filter(({ cartId }) => cartId === null), held };
}

/** A sale over the counter that somebody has to make, with the work of each station on it. */
type CounterSale = { readonly id: FulfillmentId; readonly placeId: PlaceId; readonly soldAt: Date; readonly work: StationSeconds };

/**
 * Has what is sold over the counter take room of the slots to come [PRM-16], and tells whoever keeps a copy of what is taken. At most a second late;
 * said twice it is the same. Publishes `promise.slots_changed.v1`, and `promise.slot_overfull.v1` where orders have to go to a later slot.
 */
export async function keepSlotWork(ctx: Ctx, events: readonly HubEvent[]): Promise<void> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const changed = new Set<PlaceId>();
  for (const event of events) {
    const placeId = placeOfFact(event);
    const place = placeId === null ? undefined : places.get(placeId);
    if (!place || !countsStations(promisingPlace(place).slots)) continue;
    changed.add(place.id);
    const sale = soldAtCounter(event, place.id);
    if (sale) await takeAtCounter(ctx, place, sale);
  }
  for (const placeId of changed) await publish(ctx, SlotsChanged, `place/${placeId}`, { placeId });
}

/** Where something was placed, canceled or moved: only that changes what is taken. */
function placeOfFact({ type, data }: HubEvent): PlaceId | null {
  if (type === OrderPlaced.type) return OrderPlaced.schema.parse(data).placeId as PlaceId | null; // ids in events are texts
  if (type === FulfillmentMoved.type) return asId<PlaceId>(FulfillmentMoved.schema.parse(data).placeId);
  if (type !== FulfillmentChanged.type) return null;
  const { state, placeId } = FulfillmentChanged.schema.parse(data);
  return state === "canceled" || state === "rejected" ? asId<PlaceId>(placeId) : null;
}

function soldAtCounter({ type, data, time }: HubEvent, placeId: PlaceId): CounterSale | undefined {
  if (type !== OrderPlaced.type) return undefined;
  const { handedOver, fulfillmentId, work } = OrderPlaced.schema.parse(data);
  return handedOver && fulfillmentId && work
    ? { id: asId<FulfillmentId>(fulfillmentId), placeId, soldAt: new Date(time), work }
    : undefined;
}

/** So many slots to come a sale over the counter may fill; a queue that is longer has no promise left to keep. */
const SLOTS_TAKEN = 8;

async function takeAtCounter(ctx: Ctx, place: Place, { id, placeId, soldAt, work }: CounterSale): Promise<void> {
  const promising = promisingPlace(place);
  const slots = slotsFrom(promising, soldAt, SLOTS_TAKEN);
  if (slots.length === 0) return;
  for (const { startsAt } of slots) await sql`select promises.lock_slot(${placeId}, ${startsAt})`.execute(ctx.db);
  const counter = await takenAtCounter(ctx, placeId, slots);
  const parts = spreadAtCounter(
    work,
    slots.map(({ startsAt }) => ({ startsAt, room: roomOf(promising, startsAt), atCounter: counter(startsAt) })),
  );
  if (!(await keep(ctx, id, placeId, parts))) return;
  const loadAt = await slotLoads(ctx, placeId, parts[0]?.startsAt ?? soldAt, parts.at(-1)?.startsAt ?? soldAt, { alone: "orders" });
  for (const { startsAt } of parts)
    if (isOverfull(roomOf(promising, startsAt), loadAt(startsAt).at))
      await publish(ctx, SlotOverfull, `place/${placeId}`, { placeId, startsAt: startsAt.toISOString() });
}

async function takenAtCounter(ctx: Ctx, placeId: PlaceId, slots: readonly Slot[]): Promise<(startsAt: Date) => StationSeconds> {
  const { rows } = await sql<{ startsAt: Date; station: string; seconds: number }>`
    select b.starts_at as "startsAt", w.key as station, sum(w.value::integer)::integer as seconds
      from promises.slot_booking b cross join lateral jsonb_each_text(b.work) as w
     where b.place_id = ${placeId} and b.kind = 'counter' and b.starts_at = any (${slots.map(({ startsAt }) => startsAt)}::timestamptz[])
     group by b.starts_at, w.key`.execute(ctx.db);
  const taken = Map.groupBy(rows, ({ startsAt }) => startsAt.getTime());
  return (startsAt) => Object.fromEntries((taken.get(startsAt.getTime()) ?? []).map(({ station, seconds }) => [station, seconds]));
}

type CounterPart = { readonly startsAt: Date; readonly work: StationSeconds };

/** Writes what a sale takes of each slot, once; false where that was done already. */
async function keep(ctx: Ctx, id: FulfillmentId, placeId: PlaceId, parts: readonly CounterPart[]): Promise<boolean> {
  const total = (work: StationSeconds): number => Object.values(work).reduce((sum, seconds) => sum + seconds, 0);
  const { numAffectedRows = 0n } = await sql`
    insert into promises.slot_booking (id, kind, place_id, starts_at, work_seconds, work)
    select ${id}, 'counter', ${placeId}, starts_at, seconds, work
      from unnest(${parts.map(({ startsAt }) => startsAt)}::timestamptz[], ${parts.map(({ work }) => total(work))}::integer[],
                  ${parts.map(({ work }) => JSON.stringify(work))}::jsonb[]) as part(starts_at, seconds, work)
     where not exists (select from promises.slot_booking where id = ${id})`.execute(ctx.db);
  return numAffectedRows > 0n;
}
