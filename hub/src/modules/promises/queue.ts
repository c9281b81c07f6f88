import { asId, type FulfillmentId, type HubEvent, type PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import { defineSnapshot, publish, setSubscriber, type Ctx, type Db, type Snapshots, type Subscriber } from "../../platform/index.ts";
import { FulfillmentChanged, FulfillmentMoved, ItemsPrepared, RoundChanged } from "../fulfillment/events.ts";
import { OrderPlaced } from "../orders/events.ts";
import type { Place } from "../places/index.ts";
import { takenAt, type PromisingPlace } from "./domain/index.ts";
import { QueueChanged } from "./events.ts";
import { awaysNow } from "./lease.ts";
import { atItsPace, paceSnapshot } from "./pace.ts";
import { promisingPlace } from "./promising-place.ts";
import { keepSlotWork, takenSnapshot } from "./slot-work.ts";

/** What was taken on so long ago waits for something else than hands: it pushes no promise any more [PRM-31]. */
const AT_WORK_MINUTES = 60;

type QueueItem = { readonly placeId: PlaceId; readonly workSeconds: number; readonly since: Date };
type NewItem = QueueItem & {
  readonly id: FulfillmentId;
  readonly isWalkIn: boolean;
  /** Of what was ordered from a cart: a table may have sent a part of it before [PRM-34]. */
  readonly cartId: string | null;
};
type Queues = ReadonlyMap<PlaceId, readonly QueueItem[]>;

/** What places have to do now, in memory: a moment old, and read anew only after an order with work in it. */
export const queueSnapshot = defineSnapshot<Queues>({ name: "promises.queue", load: loadQueues, invalidatedBy: [QueueChanged] });

async function loadQueues(db: Db): Promise<Queues> {
  const { rows } = await sql<QueueItem>`
    select place_id as "placeId", work_seconds as "workSeconds", since from promises.queue_item
     where since > now() - make_interval(mins => ${AT_WORK_MINUTES}::integer)`.execute(db);
  return Map.groupBy(rows, ({ placeId }) => placeId);
}

/**
 * A place as its promises depend on it now: with the work that it has before it [PRM-31], at its pace [PRM-51]. What `ownCart` holds of its slots is
 * free for that cart [PRM-23]. In memory: no statement.
 */
export async function promisingNow(snapshots: Snapshots, place: Place, at: Date, ownCart: string | null = null): Promise<PromisingPlace> {
  return (await queuesNow(snapshots, at, ownCart))(place);
}

/** The same for many places at an instant. */
export async function queuesNow(snapshots: Snapshots, at: Date, ownCart: string | null = null): Promise<(place: Place) => PromisingPlace> {
  const queues = await snapshots.current(queueSnapshot);
  const paces = await snapshots.current(paceSnapshot);
  const takens = await snapshots.current(takenSnapshot);
  const awayUntil = await awaysNow(snapshots, at);
  const oldest = at.getTime() - AT_WORK_MINUTES * 60_000;
  return (place) => {
    const items = queues.get(place.id);
    const taken = takens.get(place.id);
    const paced = whileHeard(atItsPace(promisingPlace(place), paces.get(place.id), at), awayUntil(place));
    const promising = taken ? { ...paced, taken: takenAt(taken, at, ownCart) } : paced;
    if (!items) return promising;
    const seconds = items.reduce((sum, { workSeconds, since }) => (since.getTime() > oldest ? sum + workSeconds : sum), 0);
    return { ...promising, queueSeconds: Math.ceil(seconds / place.settings.queueHands) };
  };
}

/** A place that nobody at it is heard of begins nothing before its horizon [PRM-71]; a longer pause stays. */
function whileHeard(place: PromisingPlace, awayUntil: Date | null): PromisingPlace {
  if (awayUntil === null || (place.pausedUntil && place.pausedUntil >= awayUntil)) return place;
  return { ...place, pausedUntil: awayUntil, isAway: true };
}

const TO_DO: ReadonlySet<string> = new Set(["planned", "assigned", "accepted", "in_preparation"]);

/**
 * What comes to the queues and what leaves them, in the order of the facts. Said twice it is the same: a row per order that is to be prepared, and
 * none any more. At most a second late.
 */
async function keepQueues(ctx: Ctx, events: readonly HubEvent[]): Promise<void> {
  const come = new Map<FulfillmentId, NewItem>();
  await noteStations(ctx, events);
  await noteSent(ctx, events);
  await keepSlotWork(ctx, events);
  const gone = new Set<FulfillmentId>();
  for (const event of events) {
    const item = queued(event);
    if (item) come.set(item.id, item);
    const done = doneWith(event);
    if (done === undefined) continue;
    come.delete(done);
    gone.add(done);
  }
  const places = new Set<PlaceId>();
  if (gone.size > 0) for (const placeId of await leave(ctx, [...gone])) places.add(placeId);
  for (const item of come.values()) if (await join(ctx, item)) places.add(item.placeId);
  for (const placeId of places) await publish(ctx, QueueChanged, `place/${placeId}`, { placeId });
}

/** An order with work in it, or what a table sent before it pays; undefined for all others. */
function queued(event: HubEvent): NewItem | undefined {
  const round = sentIn(event);
  if (round) {
    const { roundId, placeId, workSeconds } = round;
    const since = new Date(event.time);
    return { id: asId<FulfillmentId>(roundId), placeId: asId<PlaceId>(placeId), workSeconds, since, isWalkIn: true, cartId: null };
  }
  if (event.type !== OrderPlaced.type) return undefined;
  const { fulfillmentId, placeId, workSeconds = 0, handedOver: isWalkIn, cartId } = OrderPlaced.schema.parse(event.data);
  if (!fulfillmentId || !placeId || workSeconds === 0) return undefined;
  const since = new Date(event.time);
  return { id: asId<FulfillmentId>(fulfillmentId), placeId: asId<PlaceId>(placeId), workSeconds, since, isWalkIn, cartId };
}

function sentIn(event: HubEvent) {
  if (event.type !== RoundChanged.type) return undefined;
  const { what, workSeconds = 0, ...round } = RoundChanged.schema.parse(event.data);
  return what === "sent" && workSeconds > 0 ? { ...round, workSeconds } : undefined;
}

/** Keeps what tables sent: their orders bring so much less [PRM-34]. */
async function noteSent(ctx: Ctx, events: readonly HubEvent[]): Promise<void> {
  for (const event of events) {
    const moved = movedIn(event);
    if (moved) await noteMoved(ctx, moved, event.time);
    const round = sentIn(event);
    if (!round) continue;
    await sql`
      insert into promises.sent_work (round_id, cart_id, work_seconds, at)
      select ${round.roundId}, ${round.cartId}, ${round.workSeconds}, ${event.time}
       where not exists (select from promises.sent_work where round_id = ${round.roundId})
      on conflict do nothing`.execute(ctx.db);
  }
}

function movedIn({ type, data }: HubEvent) {
  if (type !== RoundChanged.type) return undefined;
  const { roundId, what, workOf } = RoundChanged.schema.parse(data);
  return what === "moved" && workOf ? { roundId, workOf } : undefined;
}

/** Lines of a round are on other tickets now: each order brings so much less as it has of it. */
async function noteMoved(ctx: Ctx, { roundId, workOf }: NonNullable<ReturnType<typeof movedIn>>, at: string): Promise<void> {
  const shares = JSON.stringify(workOf.map(({ cartId, workSeconds }) => ({ cart_id: cartId, work_seconds: workSeconds })));
  await sql`delete from promises.sent_work where round_id = ${roundId}`.execute(ctx.db);
  await sql`
    insert into promises.sent_work (round_id, cart_id, work_seconds, at)
    select ${roundId}, s.cart_id, s.work_seconds, ${at}
      from jsonb_to_recordset(${shares}::jsonb) as s (cart_id uuid, work_seconds integer) where s.work_seconds > 0`.execute(ctx.db);
}

/** Keeps at which places somebody says what is made: without them nobody would ever say that what was sold over the counter is [PRM-33]. */
async function noteStations(ctx: Ctx, events: readonly HubEvent[]): Promise<void> {
  const seen = new Set(events.flatMap((event) => saidMade(event)?.placeId ?? []));
  for (const placeId of seen)
    await sql`
      insert into promises.station_seen as s (place_id, at) values (${placeId}, ${ctx.now})
      on conflict (place_id) do update set at = greatest(s.at, excluded.at)`.execute(ctx.db);
}

/** What a station said is made, of an order or of a table's round. */
function saidMade({ type, data }: HubEvent): { readonly placeId: string; readonly id: string; readonly isAll: boolean } | undefined {
  if (type === ItemsPrepared.type) {
    const { placeId, fulfillmentId: id, isAll } = ItemsPrepared.schema.parse(data);
    return { placeId, id, isAll };
  }
  if (type !== RoundChanged.type) return undefined;
  const { what, placeId, roundId: id, isAll } = RoundChanged.schema.parse(data);
  return what === "prepared" ? { placeId, id, isAll } : undefined;
}

/** Puts an order into the queue of its place, once; false where it is there already, or is of a counter without anybody at its stations. */
async function join(ctx: Ctx, { id, placeId, workSeconds, since, isWalkIn, cartId }: NewItem): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    insert into promises.queue_item (fulfillment_id, place_id, work_seconds, since)
    select ${id}, ${placeId}, work.seconds, ${since}
      from (select ${workSeconds}::integer - coalesce(sum(work_seconds), 0)::integer from promises.sent_work where cart_id = ${cartId}) as work (seconds)
     where work.seconds > 0 and (${!isWalkIn} or exists (select from promises.station_seen
       where place_id = ${placeId} and at > ${ctx.now}::timestamptz - make_interval(mins => ${AT_WORK_MINUTES}::integer)))
    on conflict (fulfillment_id) do nothing`.execute(ctx.db);
  return numAffectedRows > 0n;
}

function doneWith(event: HubEvent): FulfillmentId | undefined {
  const made = saidMade(event);
  if (made) return made.isAll ? asId<FulfillmentId>(made.id) : undefined;
  if (event.type !== FulfillmentChanged.type) return undefined;
  const { fulfillmentId, state } = FulfillmentChanged.schema.parse(event.data);
  return TO_DO.has(state) ? undefined : asId<FulfillmentId>(fulfillmentId);
}

async function leave(ctx: Ctx, ids: readonly FulfillmentId[]): Promise<PlaceId[]> {
  const { rows } = await sql<{ placeId: PlaceId }>`
    delete from promises.queue_item where fulfillment_id = any(${ids}::uuid[]) returning place_id as "placeId"`.execute(ctx.db);
  return rows.map(({ placeId }) => placeId);
}

/** Forgets what nobody ever said was done; it counts for nothing since long. */
export async function forgetQueues(ctx: Ctx): Promise<void> {
  await sql`delete from promises.queue_item where since < ${ctx.now}::timestamptz - interval '1 day'`.execute(ctx.db);
  await sql`delete from promises.sent_work where at < ${ctx.now}::timestamptz - interval '1 day'`.execute(ctx.db);
}

export const promisesSubscribers: readonly Subscriber[] = [
  setSubscriber("promises.queue", [OrderPlaced, FulfillmentChanged, FulfillmentMoved, ItemsPrepared, RoundChanged], keepQueues),
];
