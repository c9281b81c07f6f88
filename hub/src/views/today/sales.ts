import type { ChannelKind, DaySalesView, TodaySalesView } from "@weft/contracts";
import { wallClock, type ChannelId, type EntityId, type PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import { channelsSnapshot } from "../../modules/channels/index.ts";
import { placesSnapshot, type Scope } from "../../modules/places/index.ts";
import type { ReadCtx } from "../../platform/index.ts";
import { daysAt } from "./days.ts";
import { readStorePart } from "./store-part.ts";
import { withinSpans, type Window } from "./windows.ts";

/** One sum: of a place, of a channel, or of an hour. */
type Row = {
  readonly isToday: boolean;
  readonly placeId: PlaceId | null;
  readonly channelId: ChannelId | null;
  readonly timeZone: string | null;
  readonly quarter: Date | null;
  readonly currency: string | null;
  readonly of: "place" | "channel" | "hour";
  readonly orders: number;
  readonly amount: number;
  readonly ordersByNow: number;
  readonly amountByNow: number;
};

/**
 * What was sold on the business day of each place beside the same weekday before [TDY-4]: orders of that date that are not canceled, at
 * what they are to be paid in all; returns of other days are not taken off. Two statements however many places there are.
 */
export async function readSales(ctx: Pick<ReadCtx, "db" | "snapshots" | "now">, scope: Scope): Promise<TodaySalesView> {
  const windows = await windowsOf(ctx, scope);
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const [rows, store] = await Promise.all([readSums(ctx, windows), readStorePart(ctx, windows, [...channels.values()])]);
  const kindOf = (id: ChannelId | null): ChannelKind => (id && channels.get(id)?.kind) || "store";
  const named = new Map(scope.places.map((place) => [place.id, place]));
  const today = new Map(windows.filter(({ isToday }) => isToday).map(({ placeId, date }) => [placeId, date]));
  const byPlace = Map.groupBy(
    rows.filter((row) => row.of === "place"),
    ({ placeId }) => placeId,
  );
  const byChannel = Map.groupBy(
    rows.filter((row) => row.of === "channel"),
    ({ channelId }) => kindOf(channelId),
  );
  return {
    at: ctx.now.toISOString(),
    businessDates: [...new Set(windows.flatMap(({ isToday, date }) => (isToday ? [date] : [])))].sort(),
    sales: salesOf(rows.filter((row) => row.of === "place")),
    channels: [...byChannel].map(([channelKind, own]) => ({ channelKind, sales: salesOf(own) })).sort(byOrders),
    places: [...byPlace]
      .map(([placeId, own]) => ({
        placeId,
        placeName: (placeId && named.get(placeId)?.name) ?? null,
        businessDate: placeId && (today.get(placeId) ?? null),
        sales: salesOf(own),
      }))
      .sort(byOrders),
    hours: hoursOf(rows),
    store,
  };
}

/** Both days of every place, and of every legal entity for what was sold without a place. */
async function windowsOf({ snapshots, now }: Pick<ReadCtx, "snapshots" | "now">, { places, isWhole }: Scope): Promise<Window[]> {
  const { entities } = await snapshots.current(placesSnapshot);
  const ofPlaces = places.map(({ id, entityId, timeZone, dayEnd }) => ({ placeId: id, entityId, timeZone, dayEnd }));
  const ofEntities = [...entities.values()].map(({ id, timeZone }) => ({ placeId: null, entityId: id, timeZone, dayEnd: 0 }));
  return (isWhole ? [...ofPlaces, ...ofEntities] : ofPlaces).flatMap((at: { placeId: PlaceId | null; entityId: EntityId } & Clock) => {
    const { today, before } = daysAt(at, now);
    const { placeId, entityId, timeZone } = at;
    return [
      { placeId, entityId, timeZone, isToday: true, ...today },
      { placeId, entityId, timeZone, isToday: false, ...before },
    ];
  });
}

type Clock = { readonly timeZone: string; readonly dayEnd: number };

/**
 * The business date was decided when the order was written, so it says which day an order belongs to; the times only bound the index scan,
 * half a day further on either side for what was sold offline or under another day end. Hours are counted in quarters of an hour and put on
 * the wall afterwards: asking the database for the wall clock of every order takes as long as all the rest.
 */
async function readSums(ctx: Pick<ReadCtx, "db">, windows: readonly Window[]): Promise<Row[]> {
  const belongs = sql`
    ${withinSpans(sql`o.placed_at`, windows, 12)} and o.business_date = d.date and o.state <> 'canceled' and o.placed_at >= d.from_at - interval '12 hours' and o.placed_at < d.until_at + interval '12 hours'`;
  const { rows } = await sql<Row>`
    with day as (
      select * from unnest(${windows.map(({ placeId }) => placeId)}::uuid[], ${windows.map(({ entityId }) => entityId)}::uuid[],
        ${windows.map(({ isToday }) => isToday)}::boolean[], ${windows.map(({ timeZone }) => timeZone)}::text[],
        ${windows.map(({ date }) => date)}::date[], ${windows.map(({ from }) => from)}::timestamptz[],
        ${windows.map(({ until }) => until)}::timestamptz[], ${windows.map(({ cut }) => cut)}::timestamptz[])
        d (place_id, entity_id, is_today, time_zone, date, from_at, until_at, cut_at)),
    sold as (
      select d.is_today, d.place_id, d.time_zone, o.channel_id, o.currency, o.amount, o.placed_at, o.placed_at <= d.cut_at as is_by_now
        from day d join orders.read_day o on o.place_id = d.place_id and ${belongs}
      union all
      select d.is_today, null, d.time_zone, o.channel_id, o.currency, o.amount, o.placed_at, o.placed_at <= d.cut_at
        from day d join orders.read_day o on o.place_id is null and d.place_id is null and o.entity_id = d.entity_id and ${belongs})
    select is_today as "isToday", place_id as "placeId", channel_id as "channelId", currency, time_zone as "timeZone", quarter,
           case when grouping(quarter) = 0 then 'hour' when grouping(channel_id) = 0 then 'channel' else 'place' end as of,
           count(*)::integer as orders, sum(amount)::bigint as amount, (count(*) filter (where is_by_now))::integer as "ordersByNow",
           coalesce(sum(amount) filter (where is_by_now), 0)::bigint as "amountByNow"
      from sold join channels.read_level using (channel_id)
     cross join lateral (select date_bin('15 minutes', placed_at, timestamptz 'epoch') as quarter) q
     where circle is null
     group by grouping sets ((is_today, place_id, currency), (is_today, channel_id, currency), (is_today, time_zone, quarter))`.execute(
    ctx.db,
  );
  return rows;
}

/** One entry per currency, the largest first. */
function salesOf(rows: readonly Row[]): DaySalesView[] {
  const byCurrency = Map.groupBy(rows, ({ currency }) => currency ?? "");
  return [...byCurrency]
    .map(([currency, own]): DaySalesView => {
      const sum = (isToday: boolean, of: (row: Row) => number): number =>
        own.reduce((total, row) => (row.isToday === isToday ? total + of(row) : total), 0);
      const money = (amount: number) => ({ amount, currency });
      return {
        total: money(sum(true, ({ amount }) => amount)),
        orders: sum(true, ({ orders }) => orders),
        weekBefore: { total: money(sum(false, ({ amountByNow }) => amountByNow)), orders: sum(false, ({ ordersByNow }) => ordersByNow) },
        weekBeforeWhole: { total: money(sum(false, ({ amount }) => amount)), orders: sum(false, ({ orders }) => orders) },
      };
    })
    .sort((a, b) => b.total.amount - a.total.amount);
}

type WithSales = { readonly sales: readonly DaySalesView[] };

/** By orders, which are comparable where currencies are not; then by those of the week before. */
function byOrders(a: WithSales, b: WithSales): number {
  const orders = ({ sales }: WithSales): number => sales.reduce((sum, of) => sum + of.orders, 0);
  const before = ({ sales }: WithSales): number => sales.reduce((sum, of) => sum + of.weekBeforeWhole.orders, 0);
  return orders(b) - orders(a) || before(b) - before(a);
}

function hoursOf(rows: readonly Row[]): TodaySalesView["hours"] {
  const hours = Array.from({ length: 24 }, () => ({ orders: 0, weekBefore: 0 }));
  for (const { of, timeZone, quarter, isToday, orders } of rows) {
    if (of !== "hour" || timeZone === null || quarter === null) continue;
    const known = hours[Math.floor(wallClock(quarter, timeZone).minutes / 60)];
    if (known) known[isToday ? "orders" : "weekBefore"] += orders;
  }
  return hours;
}
