import type { CartId, ChannelId, CustomerId, OrderId, PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import type { CompanyId } from "../companies/index.ts";
import { customersOf } from "../customers/index.ts";
import type { NewContact, NewContribution } from "./domain.ts";
import type { OrderCompany, StandingLine, StandingOrder } from "./present-order.ts";

const ORDER = sql`id, number, version, cart_id, mode, external_id, record_id, entity_id, place_id, channel_id, business_date, time_zone, placed_at,
  currency, subtotal, discount, tax, tax_included, total, taxes, source_total, because, paid, due, refunded, on_account, authorized, canceled_amount, returned_amount, points_earned,
  units_ordered, units_fulfilled, state, payment_state, fulfillment_state, note`;

/** An order with its lines and contributions, or null. */
export type BookEntry = {
  readonly order: StandingOrder;
  readonly lines: readonly StandingLine[];
  readonly contributions: readonly NewContribution[];
  readonly customer: Buyer;
  readonly company: OrderCompany | null;
};

export async function readOrder(ctx: Pick<ReadCtx, "db">, id: OrderId): Promise<BookEntry | null> {
  const { rows } = await sql<
    StandingOrder & { readonly customer: Customer | null; readonly contact_name: string | null; readonly company: OrderCompany | null }
  >`
    select ${ORDER}, customers.brief(record_id) as customer, (select name from orders.contact where order_id = orders.id) as contact_name,
      (select json_build_object('id', c.company_id, 'name', c.name, 'vatNumber', c.vat_number, 'country', c.country, 'address', c.address)
         from orders.order_company c where c.order_id = orders.id) as company
    from orders.orders where id = ${id}`.execute(ctx.db);
  if (!rows[0]) return null;
  const { customer, contact_name, company, ...order } = rows[0];
  const lines = await linesOf(ctx, id);
  const contributions = await sql<NewContribution>`
    select position, step, channel_id, place_id, staff_id, staff_name, at
    from orders.contribution where order_id = ${id} order by position`.execute(ctx.db);
  return { order, lines, contributions: contributions.rows, customer: buyerOf(customer, contact_name), company };
}

/** Who bought, as screens show it: a customer, or only a name. */
export type Buyer = { readonly id: CustomerId | null; readonly name: string | null };

export function buyerOf(customer: Customer | null, contactName: string | null): Buyer {
  return customer?.known ? { id: customer.id, name: customer.givenName ?? contactName } : { id: null, name: contactName };
}

async function linesOf(ctx: Pick<ReadCtx, "db">, id: OrderId): Promise<StandingLine[]> {
  const { rows } = await sql<StandingLine>`
    select id, kind, position, variant_id, product_id, sku, name, options, unit, unit_price, ordered, canceled, allocated, fulfilled, returned,
           subtotal, discount, net, tax, total, tax_class, tax_rate, deposit, because, change_id, note, is_typed, trace
    from orders.order_line where order_id = ${id} order by position`.execute(ctx.db);
  return rows;
}

/** The order that a cart became, or null. */
export async function orderOfCart(ctx: Pick<ReadCtx, "db">, cartId: CartId): Promise<OrderId | null> {
  const { rows } = await sql<{ id: OrderId }>`select id from orders.orders where cart_id = ${cartId}`.execute(ctx.db);
  return rows[0]?.id ?? null;
}

/** How to reach the buyer of an order who is not known as a customer; null when nothing was left, or it was erased. */
export async function contactOf(ctx: Pick<ReadCtx, "db">, orderId: OrderId): Promise<NewContact | null> {
  const { rows } = await sql<NewContact>`
    select record_id, name, email, phone, language from orders.contact where order_id = ${orderId}`.execute(ctx.db);
  return rows[0] ?? null;
}

/** Who bought, as the order's record resolves now; `known` is false for a walk-in and a visitor. */
export type Customer = { readonly id: CustomerId; readonly known: boolean; readonly givenName: string | null };

/** An order as a row of a list. */
export type OrderRow = {
  readonly id: OrderId;
  readonly number: string;
  /** What the source of an imported order called it. */
  readonly external_id: string | null;
  readonly mode: "live" | "recorded" | "imported";
  readonly state: "placed" | "closed" | "canceled";
  readonly payment_state: string;
  readonly fulfillment_state: string;
  readonly channel_id: ChannelId;
  readonly place_id: PlaceId | null;
  readonly record_id: RecordId | null;
  readonly placed_at: Date;
  readonly time_zone: string;
  readonly currency: string;
  readonly total: number;
  readonly item_count: number;
  readonly first_items: readonly { readonly en: string; readonly fr?: string; readonly de?: string; readonly ca?: string }[];
  readonly customer: Customer | null;
  /** The name that an unknown buyer left. */
  readonly contact_name: string | null;
};

/** Which orders; what is null does not narrow. `before` is where the last page ended. */
export type OrderFilter = {
  readonly recordIds: readonly RecordId[] | null;
  /** An order's number, or the beginning of one. */
  readonly number: string | null;
  /** What a person typed: the beginning of the number that an imported order had at its source. */
  readonly sourceNumber: string | null;
  readonly placeIds: readonly PlaceId[] | null;
  readonly channelIds: readonly ChannelId[] | null;
  /** Those that were placed for this company. */
  readonly companyId: CompanyId | null;
  readonly state: "placed" | "closed" | "canceled" | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly before: { readonly placedAt: Date; readonly id: string } | null;
  readonly limit: number;
};

/**
 * Orders, the newest first. What finds them by an index (records, or the beginning of a number, ours or the source's) is a statement of its own, because a
 * generic plan cannot use an index behind "null or equal"; what only narrows is a parameter.
 */
export async function listOrders(ctx: Pick<ReadCtx, "db">, filter: OrderFilter): Promise<OrderRow[]> {
  const { recordIds, number, sourceNumber, placeIds, channelIds, companyId, state, from, to, before, limit } = filter;
  const spellings = sourceNumber === null ? [] : [...new Set([sourceNumber, sourceNumber.toUpperCase()])];
  const ofRecords = recordIds === null ? sql`true` : sql`o.record_id = any(${[...recordIds]}::uuid[])`;
  const ofCompany =
    companyId === null ? sql`true` : sql`o.id in (select order_id from orders.order_company where company_id = ${companyId})`;
  const byNumber =
    number === null
      ? sql`true`
      : sql`o.id in (select id from orders.orders where number >= ${number}::text and number < ${number}::text || chr(1114111)
                     union all
                     select s.id from unnest(${spellings}::text[]) as typed join orders.orders s on s.external_id >= typed and s.external_id < typed || chr(1114111))`;
  const { rows } = await sql<OrderRow>`
    select o.id, o.number, o.mode, o.state, o.payment_state, o.fulfillment_state, o.channel_id, o.place_id, o.record_id, o.placed_at, o.time_zone,
           o.external_id, o.currency, o.total, coalesce(items.count, 0)::integer as item_count, coalesce(items.names, '[]') as first_items,
           customers.brief(o.record_id) as customer, contact.name as contact_name
    from (
      select o.id, o.number, o.mode, o.state, o.payment_state, o.fulfillment_state, o.channel_id, o.place_id, o.record_id, o.placed_at, o.time_zone,
             o.external_id, o.currency, o.total
      from orders.orders o
      where ${ofRecords} and ${byNumber} and ${ofCompany}
        and (${placeIds && [...placeIds]}::uuid[] is null or o.place_id = any(${placeIds && [...placeIds]}::uuid[]))
        and (${channelIds && [...channelIds]}::uuid[] is null or o.channel_id = any(${channelIds && [...channelIds]}::uuid[]))
        and (${state}::text is null or o.state = ${state}::text)
        and (${from}::date is null or o.business_date >= ${from}::date)
        and (${to}::date is null or o.business_date <= ${to}::date)
        and (${before?.placedAt ?? null}::timestamptz is null
             or (o.placed_at, o.id) < (${before?.placedAt ?? null}::timestamptz, ${before?.id ?? null}::uuid))
      order by o.placed_at desc, o.id desc limit ${limit}) o
    left join orders.contact on contact.order_id = o.id
    left join lateral (
      select sum(case l.unit when 'gram' then 1 else l.ordered end) as count,
             jsonb_agg(l.name order by l.position) filter (where l.position <= 3) as names
      from orders.order_line l where l.order_id = o.id and l.kind = 'goods') items on true
    order by o.placed_at desc, o.id desc`.execute(ctx.db);
  return rows;
}

/** Whether two records are one customer. */
export async function sameCustomer(ctx: Pick<ReadCtx, "db">, a: RecordId, b: RecordId): Promise<boolean> {
  if (a === b) return true;
  const customers = await customersOf(ctx, [a, b]);
  return customers.get(a) === customers.get(b);
}
