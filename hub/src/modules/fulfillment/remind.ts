import type { FulfillmentId, OrderId, PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { job, publish, type Ctx, type Job } from "../../platform/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { SETTINGS } from "../places/domain/index.ts";
import { remindsAt } from "./domain.ts";
import { CollectionEnding } from "./events.ts";

/** No place reminds earlier than this before the end: what a setting allows at most. */
const EARLIEST_MINUTES = 24 * 60;
const TOLD_AT_ONCE = 200;

type Waiting = {
  readonly id: FulfillmentId;
  readonly orderId: OrderId;
  readonly recordId: RecordId | null;
  readonly placeId: PlaceId;
  readonly readyAt: Date;
  readonly until: Date;
};

/**
 * Tells of what waits for its customer and will soon not any more, once per waiting, as early as its place wants it [FUL-12]. Answers how
 * many. Publishes `fulfillment.collection_ending.v1` for each.
 */
export async function tellEnding(ctx: Ctx): Promise<number> {
  const { rows } = await sql<Waiting>`
    select f.id, f.order_id as "orderId", f.record_id as "recordId", f.place_id as "placeId", f.collect_until as until,
           (select max(s.at) from fulfillment.step s where s.fulfillment_id = f.id and s.state = 'ready') as "readyAt"
      from fulfillment.fulfillment f
     where f.state = 'ready' and f.kind = 'collect' and not f.reminded
       and f.collect_until > ${ctx.now} and f.collect_until <= ${ctx.now}::timestamptz + make_interval(mins => ${EARLIEST_MINUTES})
     order by f.collect_until for update of f skip locked`.execute(ctx.db);
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const due = rows.filter(({ placeId, readyAt, until }) => {
    const minutes = places.get(placeId)?.settings.collectReminderMinutes ?? SETTINGS.collectReminderMinutes.fallback;
    const at = remindsAt(readyAt, until, minutes);
    return at !== null && at <= ctx.now;
  });
  const told = due.slice(0, TOLD_AT_ONCE);
  await sql`update fulfillment.fulfillment set reminded = true where id = any(${told.map(({ id }) => id)}::uuid[])`.execute(ctx.db);
  for (const { id, orderId, recordId, placeId, until } of told) {
    const fact = { fulfillmentId: id, orderId, recordId, placeId, waitsUntil: until.toISOString() };
    await publish(ctx, CollectionEnding, `order/${orderId}`, fact);
  }
  return told.length;
}

export const remindJob: Job = job(
  "fulfillment.remind",
  async (desk) => {
    while ((await desk.write(tellEnding)) === TOLD_AT_ONCE);
  },
  { cron: "* * * * *" },
);
