import type { TodayWorkView } from "@weft/contracts";
import type { PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { Place, Scope } from "../../modules/places/index.ts";
import type { ReadCtx } from "../../platform/index.ts";
import { daysAt } from "./days.ts";

/** A promise that is this near is at risk when nobody has begun. */
const SOON_MINUTES = 15;
/** More rows than this are a list to work through, which is the place's own screen. */
const MOST_ROWS = 30;

type Because = TodayWorkView["risks"][number]["because"];

type Row = {
  readonly fulfillmentId: string;
  readonly orderId: string;
  readonly number: string;
  readonly placeId: PlaceId;
  readonly state: "to_prepare" | "ready" | "overdue";
  readonly dueAt: Date;
  readonly collectUntil: Date | null;
  readonly because: Because | null;
};

type PlaceRow = {
  readonly placeId: PlaceId;
  readonly toPrepare: number;
  readonly late: number;
  readonly ready: number;
  readonly overdue: number;
  readonly later: number;
  readonly atRisk: number;
  readonly nextDueAt: Date | null;
};

type Parcels = { readonly toSend: number; readonly late: number; readonly nextShipBy: Date | null };

type Answer = {
  readonly parcels: Parcels | null;
  readonly places: readonly PlaceRow[] | null;
  readonly urgent: readonly Row[] | null;
  readonly risks: readonly Row[] | null;
};

/** What the places of a scope must prepare, hand over and send, and which promises are at risk [TDY-2]; one statement however many they are. */
export async function readWork(ctx: Pick<ReadCtx, "db" | "now">, { places }: Scope): Promise<TodayWorkView> {
  const { rows } = await sql<Answer>`
    with scope as (select * from unnest(${places.map(({ id }) => id)}::uuid[], ${endsOf(places, ctx.now)}::timestamptz[]) s (place_id, ends_at)),
    short as (
      select distinct a.order_id, a.place_id
        from stock.read_conflict c join stock.read_promised a on a.variant_id = c.variant_id and a.place_id = c.place_id
       where c.resolved_at is null and c.place_id in (select place_id from scope)),
    work as materialized (
      select f.id as "fulfillmentId", f.order_id as "orderId", f.order_number as number, f.place_id as "placeId",
             d.due_at as "dueAt", d.due_at >= s.ends_at as is_later,
             case when f.state = 'ready' then f.collect_until end as "collectUntil",
             case when f.state <> 'ready' then 'to_prepare' when f.collect_until <= ${ctx.now} then 'overdue' else 'ready' end as state,
             case when f.state = 'ready' then null
                  when exists (select from short where short.order_id = f.order_id and short.place_id = f.place_id) then 'missing_goods'
                  when d.due_at <= ${ctx.now} then 'late'
                  when d.due_at <= ${ctx.now}::timestamptz + make_interval(mins => ${SOON_MINUTES}::integer) and f.state in ('planned', 'assigned', 'accepted')
                    then 'soon' end as because
        from scope s
        join fulfillment.read_collection f on f.place_id = s.place_id and f.done_at is null and f.awaits_on is null
        join channels.read_level l on l.channel_id = f.channel_id and l.circle is null
       cross join lateral (select coalesce(greatest(f.due_at, f.promised_at), f.placed_at) as due_at) d),
    counted as (
      select "placeId",
             count(*) filter (where state = 'to_prepare' and not is_later) as "toPrepare",
             count(*) filter (where state = 'to_prepare' and "dueAt" <= ${ctx.now}) as late,
             count(*) filter (where state = 'ready') as ready, count(*) filter (where state = 'overdue') as overdue,
             count(*) filter (where state = 'to_prepare' and is_later) as later, count(because) as "atRisk",
             min("dueAt") filter (where state = 'to_prepare') as "nextDueAt"
        from work group by 1),
    sending as (
      select count(*) as "toSend", count(*) filter (where f.ship_by <= ${ctx.now}) as late, min(f.ship_by) as "nextShipBy"
        from scope s
        join fulfillment.read_shipment f on f.place_id = s.place_id and f.done_at is null and f.awaits_on is null and f.state <> 'dispatched'
        join channels.read_level l on l.channel_id = f.channel_id and l.circle is null
       where f.ship_by is null or f.ship_by < s.ends_at)
    select (select to_json(p) from sending p) as parcels,
           (select json_agg(c order by c.late desc, c.overdue desc, c."nextDueAt" nulls last, c."placeId") from counted c) as places,
           (select json_agg(w) from (select * from work where not (is_later and state = 'to_prepare') order by array_position(array['to_prepare', 'overdue', 'ready'], state), least("dueAt", "collectUntil"), number
                                      limit ${MOST_ROWS}) w) as urgent,
           (select json_agg(w) from (select * from work where because is not null order by because = 'soon', "dueAt", number
                                      limit ${MOST_ROWS}) w) as risks`.execute(ctx.db);
  return present(
    rows[0] ?? { parcels: null, places: null, urgent: null, risks: null },
    new Map(places.map((place) => [place.id, place])),
    ctx.now,
  );
}

const endsOf = (places: readonly Place[], now: Date): Date[] => places.map((place) => daysAt(place, now).today.until);

function present({ parcels, places, urgent, risks }: Answer, known: ReadonlyMap<PlaceId, Place>, now: Date): TodayWorkView {
  const counted = places ?? [];
  const where = (placeId: PlaceId) => ({
    placeId,
    placeName: known.get(placeId)?.name ?? "",
    timeZone: known.get(placeId)?.timeZone ?? "UTC",
  });
  const sum = (of: (row: PlaceRow) => number): number => counted.reduce((total, row) => total + of(row), 0);
  const shown = ({ fulfillmentId, orderId, number, placeId, dueAt }: Row) => ({
    fulfillmentId,
    orderId,
    number,
    ...where(placeId),
    dueAt: iso(dueAt),
  });
  return {
    at: now.toISOString(),
    counts: {
      toPrepare: sum(({ toPrepare }) => toPrepare),
      late: sum(({ late }) => late),
      ready: sum(({ ready }) => ready),
      overdue: sum(({ overdue }) => overdue),
      later: sum(({ later }) => later),
    },
    places: counted.map(({ placeId, toPrepare, late, ready, overdue, nextDueAt }) => ({
      ...where(placeId),
      toPrepare,
      late,
      ready,
      overdue,
      nextDueAt: nextDueAt && iso(nextDueAt),
    })),
    parcels: {
      toSend: parcels?.toSend ?? 0,
      late: parcels?.late ?? 0,
      nextShipBy: parcels?.nextShipBy ? iso(parcels.nextShipBy) : null,
    },
    collections: (urgent ?? []).map((row) => ({
      ...shown(row),
      state: row.state,
      collectUntil: row.collectUntil && iso(row.collectUntil),
    })),
    riskCount: sum(({ atRisk }) => atRisk),
    risks: (risks ?? []).flatMap((row) => (row.because ? [{ ...shown(row), because: row.because }] : [])),
  };
}

/** What came through JSON is a text with the offset of the connection. */
const iso = (at: Date): string => new Date(at).toISOString();
