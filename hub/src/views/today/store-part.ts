import type { ChannelKind, TodaySalesView } from "@weft/contracts";
import type { ChannelId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { withinSpans, type Window } from "./windows.ts";

/** Where customers order by themselves. */
const ONLINE: ReadonlySet<ChannelKind> = new Set(["web", "app"]);

type Part = keyof TodaySalesView["store"];
type Row = {
  readonly part: Part;
  readonly isToday: boolean;
  readonly currency: string;
  readonly orders: number;
  readonly amount: number;
};

/**
 * What stores and online channels did for each other [TDY-5], both days up to the same time. Made ready, handed over and paid count by when
 * it happened; who began a cart counts by the order that it became. An order of several collections counts once.
 */
export async function readStorePart(
  ctx: Pick<ReadCtx, "db">,
  windows: readonly Window[],
  channels: readonly { readonly id: ChannelId; readonly kind: ChannelKind; readonly circle: string | null }[],
): Promise<TodaySalesView["store"]> {
  const own = channels.filter(({ circle }) => circle === null);
  const online = own.filter(({ kind }) => ONLINE.has(kind)).map(({ id }) => id);
  const stores = own.filter(({ kind }) => kind === "store").map(({ id }) => id);
  const placed = windows.filter(({ placeId }) => placeId !== null);
  const { rows } = await sql<Row>`
    with day as (
      select * from unnest(${placed.map(({ placeId }) => placeId)}::uuid[], ${placed.map(({ isToday }) => isToday)}::boolean[],
        ${placed.map(({ date }) => date)}::date[], ${placed.map(({ from }) => from)}::timestamptz[],
        ${placed.map(({ cut }) => cut)}::timestamptz[]) d (place_id, is_today, date, from_at, cut_at)),
    prepared as (
      select distinct d.is_today, r.order_id
        from day d join fulfillment.read_made_ready r on r.place_id = d.place_id and r.at >= d.from_at and r.at <= d.cut_at
       where ${withinSpans(sql`r.at`, placed)} and r.channel_id = any(${online}::uuid[])),
    handed as (
      select d.is_today, f.order_id, bool_or(exists (
               select from orders.read_contribution c
                where c.order_id = f.order_id and c.step = 'payment' and c.channel_id = any(${stores}::uuid[])
                  and c.at >= d.from_at and c.at <= d.cut_at)) as is_paid
        from day d join fulfillment.read_collection f on f.place_id = d.place_id and f.done_at >= d.from_at and f.done_at <= d.cut_at
       where ${withinSpans(sql`f.done_at`, placed)} and f.state = 'collected' and f.channel_id = any(${online}::uuid[])
       group by 1, 2),
    crossed as (
      select d.is_today, o.id as order_id, o.channel_id = any(${stores}::uuid[]) as is_at_till
        from day d join orders.read_day o on o.place_id = d.place_id and o.placed_at >= d.from_at - interval '12 hours' and o.placed_at <= d.cut_at
       where ${withinSpans(sql`o.placed_at`, placed, 12)} and o.business_date = d.date and o.state <> 'canceled' and o.channel_id = any(${[...online, ...stores]}::uuid[])
         and exists (select from orders.read_contribution c
                      where c.order_id = o.id and c.step = 'cart'
                        and c.channel_id = any(case when o.channel_id = any(${stores}::uuid[]) then ${online}::uuid[] else ${stores}::uuid[] end))),
    part as (
      select 'prepared' as part, is_today, order_id from prepared
      union all select 'handedOver', is_today, order_id from handed
      union all select 'paid', is_today, order_id from handed where is_paid
      union all select case when is_at_till then 'begunOnline' else 'begunInStore' end, is_today, order_id from crossed)
    select p.part, p.is_today as "isToday", o.currency, count(*)::integer as orders, sum(o.amount)::bigint as amount
      from part p join orders.read_day o on o.id = p.order_id
     group by 1, 2, 3 order by amount desc`.execute(ctx.db);
  const part = (name: Part): TodaySalesView["store"][Part] => {
    const today = rows.filter((row) => row.part === name && row.isToday);
    const before = rows.filter((row) => row.part === name && !row.isToday);
    return { orders: ordersIn(today), totals: today.map(({ amount, currency }) => ({ amount, currency })), weekBefore: ordersIn(before) };
  };
  return {
    prepared: part("prepared"),
    handedOver: part("handedOver"),
    paid: part("paid"),
    begunOnline: part("begunOnline"),
    begunInStore: part("begunInStore"),
  };
}

const ordersIn = (rows: readonly Row[]): number => rows.reduce((sum, { orders }) => sum + orders, 0);
