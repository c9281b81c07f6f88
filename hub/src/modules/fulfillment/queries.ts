import type { FulfillmentId, OrderId, PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import type { Collector, FulfillmentLine, FulfillmentStep, Parcel, RefusedLine, Shipment, StoredFulfillment } from "./domain.ts";

const COLUMNS = sql`f.id, f.order_id, f.order_number, f.kind, f.state, f.record_id, f.place_id, f.channel_id, f.dining, f.due_at, f.slot_until, f.promised_at, f.awaits_on::text as awaits_on,
  f.placed_at, f.done_at, f.code_sealed, f.collect_until, f.shelf, f.version, f.delayed_at`;
const FROM = sql`fulfillment.fulfillment f join orders.read_state o on o.id = f.order_id`;

export type WholeFulfillment = {
  readonly fulfillment: StoredFulfillment;
  readonly lines: readonly FulfillmentLine[];
  readonly steps: readonly FulfillmentStep[];
  readonly refused: readonly RefusedLine[];
  /** Of what is shipped. */
  readonly shipment: Shipment | null;
  /** Whom its customer sent, or who took it for them; null: nobody else. */
  readonly collector: Collector | null;
  /** What its customer said of where they are; null, or left out: nothing. */
  readonly arrival?: "near" | "here" | null;
  /** Money still to be taken at the hand-over, in minor units. */
  readonly due: number;
  /** That of its order: nothing may be due although it is not paid. Left out where that is not known yet. */
  readonly paymentState?: string;
  readonly currency: string;
  /** The given name of the customer, or the name that an unknown buyer left. */
  readonly customerName: string | null;
  /** What was said about the whole order; null, or left out: nothing. */
  readonly note?: string | null;
};

type Row = StoredFulfillment &
  Pick<WholeFulfillment, "due" | "paymentState" | "currency" | "customerName" | "refused" | "arrival" | "note"> & {
    readonly lines: readonly FulfillmentLine[];
    readonly steps: readonly (Omit<FulfillmentStep, "at"> & { at: string })[];
    readonly shipment: ShipmentJson | null;
    readonly collector: (Omit<Collector, "collected_at"> & { readonly collected_at: string | null }) | null;
  };

/** A shipment as PostgreSQL writes it into JSON. */
type ShipmentJson = Omit<Shipment, "ship_by" | "parcels"> & {
  readonly ship_by: string | null;
  readonly parcels: readonly (Omit<Parcel, "at"> & { readonly at: string })[];
};

const WHOLE = sql`${COLUMNS}, o.due, o.payment_state as "paymentState", o.currency, o.note, coalesce(customers.brief(f.record_id) ->> 'givenName', o.contact_name) as "customerName",
  (select coalesce(jsonb_agg(jsonb_build_object('order_line_id', fl.order_line_id, 'kind', l.kind, 'sku', l.sku, 'name', l.name, 'options', l.options,
                                                'quantity', fl.quantity, 'note', l.note) order by l.position), '[]')
   from fulfillment.fulfillment_line fl join orders.read_line l on l.id = fl.order_line_id where fl.fulfillment_id = f.id) as lines,
  (select coalesce(jsonb_agg(to_jsonb(s) - 'fulfillment_id' order by s.position), '[]') from fulfillment.step s where s.fulfillment_id = f.id) as steps,
  (select coalesce(jsonb_agg(jsonb_build_object('order_line_id', r.order_line_id, 'quantity', r.quantity, 'reason', r.reason, 'moved_to', r.moved_to,
                                                'moved_to_place', t.place_id) order by r.id), '[]')
   from fulfillment.refused_line r left join fulfillment.fulfillment t on t.id = r.moved_to where r.fulfillment_id = f.id) as refused,
  case when f.code_mac is not null then (
    select jsonb_build_object('name', c.name, 'code_sealed', c.code_sealed, 'collected_at', c.collected_at)
    from fulfillment.collector c where c.fulfillment_id = f.id) end as collector,
  case when f.code_mac is not null and f.done_at is null then (
    select case when a.here_at is null then 'near' else 'here' end from fulfillment.arrival a where a.fulfillment_id = f.id) end as arrival,
  case when f.kind = 'ship' then (
    select to_jsonb(s) || jsonb_build_object('parcels', coalesce((
             select jsonb_agg(to_jsonb(p) order by p.at, p.id) from fulfillment.parcel p where p.fulfillment_id = f.id), '[]'))
    from fulfillment.shipment s where s.fulfillment_id = f.id) end as shipment`;

function toWhole({
  lines,
  steps,
  refused,
  due,
  paymentState,
  currency,
  customerName,
  shipment,
  collector: sent,
  arrival = null,
  note = null,
  ...fulfillment
}: Row): WholeFulfillment {
  const dated = steps.map((step) => ({ ...step, at: new Date(step.at) }));
  const collector = sent && { ...sent, collected_at: sent.collected_at === null ? null : new Date(sent.collected_at) };
  return {
    fulfillment,
    lines,
    refused,
    due,
    currency,
    customerName,
    ...(paymentState !== undefined && { paymentState }),
    collector,
    arrival,
    note,
    steps: dated,
    shipment: shipment && toShipment(shipment),
  };
}

function toShipment({ ship_by, parcels, ...shipment }: ShipmentJson): Shipment {
  return {
    ...shipment,
    ship_by: ship_by === null ? null : new Date(ship_by),
    parcels: parcels.map((parcel) => ({ ...parcel, at: new Date(parcel.at) })),
  };
}

/** One fulfillment, or null. */
export async function readFulfillment(ctx: Pick<ReadCtx, "db">, id: FulfillmentId): Promise<WholeFulfillment | null> {
  const { rows } = await sql<Row>`select ${WHOLE} from ${FROM} where f.id = ${id}`.execute(ctx.db);
  return rows[0] ? toWhole(rows[0]) : null;
}

/** The fulfillments of an order, the oldest first. */
export async function fulfillmentsOf(ctx: Pick<ReadCtx, "db">, orderId: OrderId): Promise<WholeFulfillment[]> {
  const { rows } = await sql<Row>`select ${WHOLE} from ${FROM} where f.order_id = ${orderId} order by f.id`.execute(ctx.db);
  return rows.map(toWhole);
}

/** What a collection code opens at a place, its customer's or that of whom they sent; null when it opens nothing there. */
export async function fulfillmentByCode(ctx: Pick<ReadCtx, "db">, placeId: PlaceId, mac: Buffer): Promise<WholeFulfillment | null> {
  const { rows } = await sql<Row>`
    select ${WHOLE} from ${FROM}
    where f.place_id = ${placeId} and f.done_at is null and (f.code_mac = ${mac}
       or f.id = (select c.fulfillment_id from fulfillment.collector c where c.place_id = ${placeId} and c.code_mac = ${mac}))`.execute(
    ctx.db,
  );
  return rows[0] ? toWhole(rows[0]) : null;
}

/** What waits at a place for the customer of a record: what is ready first, then what was promised first; null when nothing does. */
export async function fulfillmentOfCard(ctx: Pick<ReadCtx, "db">, placeId: PlaceId, recordId: RecordId): Promise<WholeFulfillment | null> {
  const { rows } = await sql<Row>`
    select ${WHOLE} from ${FROM}
    where f.place_id = ${placeId} and f.done_at is null and f.kind <> 'ship' and f.record_id in (select customers.records_of(${recordId}))
    order by f.state = 'ready' desc, coalesce(f.due_at, f.promised_at, f.placed_at), f.id limit 1`.execute(ctx.db);
  return rows[0] ? toWhole(rows[0]) : null;
}

export type WorkFilter = {
  readonly placeId: PlaceId;
  /**
   * `open`: to be prepared; `ready`: waits at the counter or for the carrier; `under_way`: left and not yet delivered; `done`: handed over,
   * sent or canceled. The last two the newest first.
   */
  readonly state: "open" | "ready" | "under_way" | "done";
  /** What is handed over at the place, or what is shipped from it; absent: both. */
  readonly kind?: "counter" | "ship" | undefined;
  readonly number: string | null;
  /** Of the channels of this circle alone; null for those of none [CHA-9]. */
  readonly circle: string | null;
  readonly after: { readonly at: Date; readonly id: string } | null;
  /** Of what is not done: only what had its last step or is due since `from`, and is begun or due before `until`. Absent: all of it. */
  readonly wanted?: { readonly from: Date; readonly until: Date };
  readonly limit: number;
};

const isWanted = ({ wanted }: WorkFilter) =>
  wanted === undefined
    ? sql`true`
    : sql`greatest(f.due_at, coalesce((select max(s.at) from fulfillment.step s where s.fulfillment_id = f.id), f.placed_at)) >= ${wanted.from}
          and (f.state in ('in_preparation', 'packed', 'ready') or f.due_at is null or f.due_at <= ${wanted.until})`;

/** Ordered on a channel of this circle, or of none [CHA-9]. */
const isOfCircle = (circle: string | null) =>
  sql`(select circle from channels.read_level where channel_id = f.channel_id) is not distinct from ${circle}::uuid`;

const isOfKind = (kind: WorkFilter["kind"]) => (kind === undefined ? sql`true` : sql`(f.kind = 'ship') = ${kind === "ship"}`);

/** What a place has to prepare and hand over, the oldest first; what is done, the newest first. */
export async function workOf(ctx: Pick<ReadCtx, "db">, filter: WorkFilter): Promise<WholeFulfillment[]> {
  const { placeId, number, circle, after, limit, kind } = filter;
  const at = after?.at ?? null;
  const id = after?.id ?? null;
  const named = sql`(${number}::text is null or f.order_number ilike '%' || ${number}::text || '%') and ${isOfCircle(circle)} and ${isOfKind(kind)}`;
  const { rows } =
    filter.state === "done" || filter.state === "under_way"
      ? await sql<Row>`
          select ${WHOLE} from ${FROM}
          where f.place_id = ${placeId} and f.done_at is not null and ${named}
            and (${filter.state === "done"} or f.state = 'dispatched')
            and (${at}::timestamptz is null or (f.done_at, f.id) < (${at}::timestamptz, ${id}::uuid))
          order by f.done_at desc, f.id desc limit ${limit}`.execute(ctx.db)
      : await sql<Row>`
          select ${WHOLE} from ${FROM}
          where f.place_id = ${placeId} and f.done_at is null and f.awaits_on is null and (f.state in ('ready', 'packed')) = ${filter.state === "ready"} and ${named}
            and ${isWanted(filter)}
            and (${at}::timestamptz is null or (f.placed_at, f.id) > (${at}::timestamptz, ${id}::uuid))
          order by f.placed_at, f.id limit ${limit}`.execute(ctx.db);
  return rows.map(toWhole);
}

/** How much a place has to prepare and to hand over. `version` rises with every step there, and with who says to be near. */
export type WorkCounts = { readonly open: number; readonly ready: number; readonly version: number };

export async function workCounts(ctx: Pick<ReadCtx, "db">, placeId: PlaceId, circle: string | null = null): Promise<WorkCounts> {
  const { rows } = await sql<WorkCounts>`
    select count(*) filter (where state not in ('ready', 'packed'))::integer as open, count(*) filter (where state in ('ready', 'packed'))::integer as ready,
           (extract(epoch from greatest(
             (select max(s.at) from fulfillment.step s where s.place_id = ${placeId}),
             (select max(greatest(a.near_at, a.here_at)) from fulfillment.arrival a where a.place_id = ${placeId}), 'epoch')) * 1000)::bigint as version
    from fulfillment.fulfillment f where place_id = ${placeId} and done_at is null and awaits_on is null and ${isOfCircle(circle)}`.execute(
    ctx.db,
  );
  return rows[0] ?? { open: 0, ready: 0, version: 0 };
}
