import type { ChannelId, FulfillmentId, PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import type { StationLine, StationWork } from "./station-work.ts";

type Row = {
  readonly id: FulfillmentId;
  readonly channelId: ChannelId;
  readonly course: number;
  readonly sentAt: Date;
  readonly lines: readonly (Omit<StationLine, "at" | "table"> & { readonly at: string | null; readonly table: string })[];
};

/** What was sent from a table and not made by then is not made any more. */
const SENT_MINUTES = 180;
/** More rounds no kitchen has before it. */
const MOST_READ = 100;

/** What tables of a place sent to its stations [TBL-6], as work that waits for nothing but their hands. */
export async function roundWork(ctx: Pick<ReadCtx, "db">, placeId: PlaceId, now: Date): Promise<StationWork[]> {
  const since = new Date(now.getTime() - SENT_MINUTES * 60_000);
  const { rows } = await sql<Row>`
    select r.id, r.channel_id as "channelId", r.course, r.sent_at as "sentAt",
           (select jsonb_agg(jsonb_build_object('orderLineId', l.line_id, 'sku', l.sku, 'name', l.name, 'options', l.options,
                     'quantity', l.quantity - l.taken, 'canceled', l.taken, 'unit', l.unit, 'isDone', coalesce(p.is_done, false),
                     'at', p.at, 'note', l.note, 'table', l.table_name) order by l.position, l.line_id)
              from fulfillment.round_line l
              left join fulfillment.prepared p on p.fulfillment_id = l.round_id and p.order_line_id = l.line_id
             where l.round_id = r.id) as lines
      from fulfillment.round r where r.place_id = ${placeId} and r.sent_at > ${since}
     order by r.sent_at desc, r.id limit ${MOST_READ}`.execute(ctx.db);
  return rows.map(({ id, channelId, course, sentAt, lines }) => workOfRound({ id, channelId, course, sentAt, lines }));
}

/** A round is called by the table that most of it is brought to; what is brought elsewhere says so [TBL-11]. */
function workOfRound({ id, channelId, course, sentAt, lines }: Row): StationWork {
  const table = mostOften(lines.map((line) => line.table));
  return {
    id,
    orderNumber: table,
    kind: "take_away",
    state: "in_preparation",
    channelId,
    dining: "eat_in",
    placedAt: sentAt,
    wantedAt: null,
    arrivedAt: null,
    isHere: false,
    isWalkIn: true,
    customerName: null,
    note: null,
    table,
    course,
    lines: lines.map(({ table: to, at, ...line }) => ({
      ...line,
      ...(to !== table && { table: to }),
      at: at === null ? null : new Date(at),
    })),
  };
}

function mostOften(tables: readonly string[]): string {
  const counts = [...Map.groupBy(tables, (table) => table)];
  return counts.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? "";
}
