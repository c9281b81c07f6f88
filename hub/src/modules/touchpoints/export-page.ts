import type { ChannelId, PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";

/** Something that somebody did, as it is given out in a file. */
export type ExportedTouch = {
  readonly id: string;
  readonly recordId: RecordId;
  readonly customerId: string;
  readonly at: string;
  readonly kind: string;
  readonly name: string | null;
  readonly channelId: ChannelId | null;
  readonly placeId: PlaceId | null;
  readonly messageId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
};

/** Where a touchpoint stands in its table; `at` to the microsecond. */
export type TouchKey = { readonly recordId: RecordId; readonly at: string; readonly id: string };

export type TouchesPage = {
  readonly channelId: ChannelId | null;
  readonly from: Date | null;
  readonly until: Date | null;
  readonly after: TouchKey | null;
  readonly limit: number;
};

/**
 * The next touchpoints in the order of their key, for an export: of one person after another, each from the first on. One walk along the
 * key of each partition; months outside the wanted time are not looked at. What was only shown is not among them.
 */
export async function touchesPage(
  ctx: Pick<ReadCtx, "db">,
  { channelId, from, until, after, limit }: TouchesPage,
): Promise<{ readonly items: ExportedTouch[]; readonly next: TouchKey | null }> {
  const { rows } = await sql<ExportedTouch & { key: string }>`
    select t.id, t.record_id as "recordId", customers.customer_of(t.record_id) as "customerId", t.kind, t.name, t.channel_id as "channelId",
           t.place_id as "placeId", t.message_id as "messageId", t.payload as data, t.occurred_at::text as key,
           to_char(t.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
      from (select * from touchpoints.touchpoint
             where (${after?.recordId ?? null}::uuid is null
                    or (record_id, occurred_at, id) > (${after?.recordId ?? null}::uuid, ${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
               and occurred_at >= coalesce(${from}::timestamptz, '-infinity') and occurred_at < coalesce(${until}::timestamptz, 'infinity')
               and (${channelId}::uuid is null or channel_id = ${channelId}::uuid) and kind <> 'shown'
             order by record_id, occurred_at, id limit ${limit}) t
     order by t.record_id, t.occurred_at, t.id`.execute(ctx.db);
  const last = rows.at(-1);
  return {
    items: rows.map(({ key: _key, ...item }) => item),
    next: last && rows.length === limit ? { recordId: last.recordId, at: last.key, id: last.id } : null,
  };
}
