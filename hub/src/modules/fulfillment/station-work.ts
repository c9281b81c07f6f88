import type { LocalizedText } from "@weft/contracts";
import type { ChannelId, FulfillmentId, LineId, PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import type { FulfillmentKind, FulfillmentState } from "./domain.ts";

/** A line that somebody at a station has before them, or had a moment ago. */
export type StationLine = {
  readonly orderLineId: LineId;
  readonly sku: string;
  readonly name: LocalizedText;
  readonly options: readonly { readonly name: LocalizedText }[];
  readonly quantity: number;
  /** Units that were sent from a table and taken off its ticket since; left out: none can be. */
  readonly canceled?: number;
  readonly unit: string;
  readonly isDone: boolean;
  /** What was said about it when it was ordered. */
  readonly note: string | null;
  /** Where it is brought to, when that is not the table of the whole; left out: it is. */
  readonly table?: string;
  /** When that was said; null: nobody did. */
  readonly at: Date | null;
};

export type StationWork = {
  readonly id: FulfillmentId;
  readonly orderNumber: string;
  readonly kind: FulfillmentKind;
  readonly state: FulfillmentState;
  readonly channelId: ChannelId;
  readonly dining: "eat_in" | "take_away";
  readonly placedAt: Date;
  /** When its customer wants it, or was promised it; null: at once. */
  readonly wantedAt: Date | null;
  /** When its customer said to be near. */
  readonly arrivedAt: Date | null;
  readonly isHere: boolean;
  /** A till gave it away with the sale: only what is made of it concerns a station. */
  readonly isWalkIn: boolean;
  readonly customerName: string | null;
  /** What was said about the whole order. */
  readonly note: string | null;
  /** Of what was sent from a table before it is paid: which, and in which course, 0 at once. */
  readonly table?: string;
  readonly course?: number;
  readonly lines: readonly StationLine[];
};

type Row = Omit<StationWork, "lines"> & { readonly lines: readonly (Omit<StationLine, "at"> & { readonly at: string | null })[] };

/** What is sold at a counter and not made within an hour was made without a word, or never. */
const WALK_IN_MINUTES = 60;
/** What is wanted later than this is in nobody's hands yet. */
const SOON_MINUTES = 60;
/** So long after it was done a line can be called back from the screen. */
const RECALL_MINUTES = 20;
/** No counter has more before it in an hour. */
const MOST_READ = 300;

/**
 * What the stations of a place have before them, and what they had a moment ago, in one statement [FUL-61]: what is wanted within the hour, begun or
 * waited for, and what tills sold here over the counter within the hour, without what of it was sent from a table before it was paid [TBL-8]. Which
 * line is whose, and what is made at all, is for the reader to say.
 */
export async function stationWork(ctx: Pick<ReadCtx, "db">, placeId: PlaceId, now: Date): Promise<StationWork[]> {
  const before = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
  const soon = new Date(now.getTime() + SOON_MINUTES * 60_000);
  const { rows } = await sql<Row>`
    with wanted as (
      select f.id from fulfillment.fulfillment f left join fulfillment.arrival a on a.fulfillment_id = f.id
       where f.place_id = ${placeId} and f.done_at is null and f.kind <> 'ship' and f.awaits_on is null
         and f.state in ('planned', 'assigned', 'accepted', 'in_preparation')
         and (f.due_at is null or f.due_at <= ${soon} or f.state = 'in_preparation' or a.fulfillment_id is not null)
      union
      select f.id from fulfillment.fulfillment f
       where f.place_id = ${placeId} and f.done_at > ${before(WALK_IN_MINUTES)} and f.placed_at > ${before(WALK_IN_MINUTES)}
         and f.kind = 'take_away' and f.state = 'collected' and f.code_mac is null
      union
      select p.fulfillment_id from fulfillment.prepared p where p.place_id = ${placeId} and p.at > ${before(RECALL_MINUTES)})
    select f.id, f.order_number as "orderNumber", f.kind, f.state, f.channel_id as "channelId", f.dining, f.placed_at as "placedAt",
           coalesce(f.due_at, f.promised_at) as "wantedAt", a.near_at as "arrivedAt", a.here_at is not null as "isHere",
           f.kind = 'take_away' and f.code_mac is null as "isWalkIn",
           coalesce(customers.brief(f.record_id) ->> 'givenName', o.contact_name) as "customerName", o.note,
           (select coalesce(jsonb_agg(jsonb_build_object('orderLineId', l.id, 'sku', l.sku, 'name', l.name, 'options', l.options,
                     'quantity', fl.quantity - s.sent, 'unit', l.unit, 'isDone', coalesce(p.is_done, false), 'at', p.at, 'note', l.note) order by l.position), '[]')
              from fulfillment.fulfillment_line fl join orders.read_line l on l.id = fl.order_line_id and l.kind = 'goods'
              left join fulfillment.prepared p on p.fulfillment_id = fl.fulfillment_id and p.order_line_id = fl.order_line_id
              cross join lateral (select coalesce(sum(r.quantity - r.taken), 0)::integer as sent from fulfillment.round_line r where r.line_id = l.id) s
             where fl.fulfillment_id = f.id and fl.quantity > s.sent) as lines
      from wanted w join fulfillment.fulfillment f on f.id = w.id join orders.read_state o on o.id = f.order_id
      left join fulfillment.arrival a on a.fulfillment_id = f.id
     where f.state not in ('canceled', 'rejected') order by f.placed_at desc, f.id limit ${MOST_READ}`.execute(ctx.db);
  return rows.map(({ lines, ...work }) => ({
    ...work,
    lines: lines.map((line) => ({ ...line, at: line.at === null ? null : new Date(line.at) })),
  }));
}
