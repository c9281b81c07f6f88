import type { FulfillmentId, LineId, PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";

/** What a station says of lines, of an order or of a round, under the id of that. Said twice it is the same. */
export async function keepPrepared(
  ctx: Ctx,
  { id, placeId }: { readonly id: FulfillmentId; readonly placeId: PlaceId },
  lineIds: readonly LineId[],
  isDone: boolean,
): Promise<void> {
  await sql`
    insert into fulfillment.prepared (fulfillment_id, order_line_id, place_id, is_done, at, staff_id)
    select ${id}, line, ${placeId}, ${isDone}, ${ctx.now}, ${ctx.actor.staff?.id ?? null}
      from unnest(${[...new Set(lineIds)]}::uuid[]) as line
    on conflict (fulfillment_id, order_line_id) do update set is_done = excluded.is_done, at = excluded.at, staff_id = excluded.staff_id
     where prepared.is_done <> excluded.is_done`.execute(ctx.db);
}

export async function doneLines(ctx: Ctx, id: FulfillmentId): Promise<ReadonlySet<LineId>> {
  const { rows } = await sql<{ line: LineId }>`
    select order_line_id as line from fulfillment.prepared where fulfillment_id = ${id} and is_done order by 1`.execute(ctx.db);
  return new Set(rows.map(({ line }) => line));
}

/** Days for which it is known what stations have made and how long it took. */
const KEPT_DAYS = 35;

/** Forgets what stations have made, and what was sent to them from tables. */
export async function forgetPrepared(ctx: Ctx): Promise<void> {
  const before = sql`${ctx.now}::timestamptz - make_interval(days => ${KEPT_DAYS}::integer)`;
  await sql`delete from fulfillment.prepared where at < ${before}`.execute(ctx.db);
  await sql`delete from fulfillment.round where sent_at < ${before}`.execute(ctx.db);
}
