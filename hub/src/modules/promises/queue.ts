import { asId, type FulfillmentId, type HubEvent, type PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import { defineSnapshot, publish, setSubscriber, type Ctx, type Db, type Snapshots, type Subscriber } from "../../platform/index.ts";
import { FulfillmentChanged } from "../fulfillment/events.ts";
import { OrderPlaced } from "../orders/events.ts";
import type { Place } from "../places/index.ts";
import type { PromisingPlace } from "./domain/index.ts";
import { QueueChanged } from "./events.ts";
import { promisingPlace } from "./promising-place.ts";

/** What was taken on so long ago waits for something else than hands: it pushes no promise any more [PRM-31]. */
const AT_WORK_MINUTES = 60;

type QueueItem = { readonly placeId: PlaceId; readonly workSeconds: number; readonly since: Date };
type Queues = ReadonlyMap<PlaceId, readonly QueueItem[]>;

/** What places have to do now, in memory: a moment old, and read anew only after an order with work in it. */
export const queueSnapshot = defineSnapshot<Queues>({ name: "promises.queue", load: loadQueues, invalidatedBy: [QueueChanged] });

async function loadQueues(db: Db): Promise<Queues> {
  const { rows } = await sql<QueueItem>`
    select place_id as "placeId", work_seconds as "workSeconds", since from promises.queue_item
     where since > now() - make_interval(mins => ${AT_WORK_MINUTES}::integer)`.execute(db);
  return Map.groupBy(rows, ({ placeId }) => placeId);
}

/** A place as its promises depend on it now: with the work that it has before it [PRM-31]. In memory: no statement. */
export async function promisingNow(snapshots: Snapshots, place: Place, at: Date): Promise<PromisingPlace> {
  return (await queuesNow(snapshots, at))(place);
}

/** The same for many places at an instant. */
export async function queuesNow(snapshots: Snapshots, at: Date): Promise<(place: Place) => PromisingPlace> {
  const queues = await snapshots.current(queueSnapshot);
  const oldest = at.getTime() - AT_WORK_MINUTES * 60_000;
  return (place) => {
    const items = queues.get(place.id);
    if (!items) return promisingPlace(place);
    const seconds = items.reduce((sum, { workSeconds, since }) => (since.getTime() > oldest ? sum + workSeconds : sum), 0);
    return { ...promisingPlace(place), queueSeconds: Math.ceil(seconds / place.settings.queueHands) };
  };
}

const TO_DO: ReadonlySet<string> = new Set(["planned", "assigned", "accepted", "in_preparation"]);

/**
 * What comes to the queues and what leaves them, in the order of the facts. Said twice it is the same: a row per order that is to be prepared, and
 * none any more. At most a second late.
 */
async function keepQueues(ctx: Ctx, events: readonly HubEvent[]): Promise<void> {
  const come = new Map<FulfillmentId, QueueItem>();
  const gone = new Set<FulfillmentId>();
  for (const event of events) {
    const item = queued(event);
    if (item) come.set(item.id, item);
    const done = doneWith(event);
    if (done === undefined) continue;
    come.delete(done);
    gone.add(done);
  }
  const places = new Set([...come.values()].map(({ placeId }) => placeId));
  if (gone.size > 0) for (const placeId of await leave(ctx, [...gone])) places.add(placeId);
  for (const [id, { placeId, workSeconds, since }] of come)
    await sql`
      insert into promises.queue_item (fulfillment_id, place_id, work_seconds, since) values (${id}, ${placeId}, ${workSeconds}, ${since})
      on conflict (fulfillment_id) do nothing`.execute(ctx.db);
  for (const placeId of places) await publish(ctx, QueueChanged, `place/${placeId}`, { placeId });
}

/** An order with work in it; undefined for all others. */
function queued(event: HubEvent): (QueueItem & { readonly id: FulfillmentId }) | undefined {
  if (event.type !== OrderPlaced.type) return undefined;
  const { fulfillmentId, placeId, workSeconds = 0 } = OrderPlaced.schema.parse(event.data);
  if (!fulfillmentId || !placeId || workSeconds === 0) return undefined;
  return { id: asId<FulfillmentId>(fulfillmentId), placeId: asId<PlaceId>(placeId), workSeconds, since: new Date(event.time) };
}

function doneWith(event: HubEvent): FulfillmentId | undefined {
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
}

export const promisesSubscribers: readonly Subscriber[] = [setSubscriber("promises.queue", [OrderPlaced, FulfillmentChanged], keepQueues)];
