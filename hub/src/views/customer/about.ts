import type { CartId, CustomerId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { gathered, idList, type ReadCtx } from "../../platform/index.ts";

/** What other modules have of a customer, by the ids of their records. */
export type About = {
  readonly points: number;
  readonly cardNumber: string | null;
  readonly openCartId: CartId | null;
  readonly orderCount: number;
};

const NOTHING: About = { points: 0, cardNumber: null, openCartId: null, orderCount: 0 };

/**
 * What the modules publish for it, over all records of a customer; those who ask at the same time share a statement. The ids stand in a
 * select of their own, so that it is planned once and not for each list: 190 of 240 us for each customer.
 */
export async function readAbout(ctx: Pick<ReadCtx, "db">, customerId: CustomerId): Promise<About> {
  return (await aboutOne(ctx, customerId)) ?? NOTHING;
}

const aboutOne: (ctx: Pick<ReadCtx, "db">, customerId: CustomerId) => Promise<About | undefined> = gathered(readAbouts);

async function readAbouts(ctx: Pick<ReadCtx, "db">, customerIds: readonly CustomerId[]): Promise<Map<CustomerId, About>> {
  const { rows } = await sql<About & { id: CustomerId }>`
    select c.id, coalesce(m.points, 0) as points, m."cardNumber",
           (select id from carts.read_open where record_id = any (mine.ids) and current order by opened_at limit 1) as "openCartId",
           (select count(*) from orders.read_state where record_id = any (mine.ids)) as "orderCount"
      from unnest(${idList(customerIds)}) c (id)
     cross join lateral (select array(select own from customers.records_of(c.id) own) as ids offset 0) mine
     cross join lateral (select sum(balance)::bigint as points, (array_agg(card_number order by enrolled_at, record_id))[1] as "cardNumber"
                           from loyalty.read_member where record_id = any (mine.ids)) m`.execute(ctx.db);
  return new Map(rows.map(({ id, ...about }) => [id, about]));
}

/** The card of each customer who has one: the oldest over their records. By the customer's id, in one statement. */
export async function cardNumbers(ctx: Pick<ReadCtx, "db">, customerIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; cardNumber: string }>`
    select distinct on (c.id) c.id, m.card_number as "cardNumber"
      from unnest(${idList(customerIds)}) c (id), lateral customers.records_of(c.id) r (record_id)
      join loyalty.read_member m on m.record_id = r.record_id
     order by c.id, m.enrolled_at, m.record_id`.execute(ctx.db);
  return new Map(rows.map(({ id, cardNumber }) => [id, cardNumber]));
}

export type WaitingRow = {
  readonly fulfillmentId: string;
  readonly orderNumber: string;
  readonly state: string;
  readonly due: number;
  readonly currency: string;
};

/** What waits for a customer at a place, the oldest first. */
export async function waitingAt(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[], placeId: string | null): Promise<WaitingRow[]> {
  const { rows } = await sql<WaitingRow>`
    select f.id as "fulfillmentId", f.order_number as "orderNumber", f.state, o.due, o.currency
      from fulfillment.read_waiting f join orders.read_state o on o.id = f.order_id
     where f.record_id = any (${idList(recordIds)}) and f.place_id = ${placeId}::uuid order by f.placed_at limit 20`.execute(ctx.db);
  return rows;
}

/**
 * The goods a customer bought most often in their last fifty orders: what a barista asks "the usual?" about. Nothing of who wants no
 * profiling [IDN-23].
 */
export async function usualOf(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[]): Promise<{ sku: string; timesBought: number }[]> {
  const { rows } = await sql<{ sku: string; timesBought: number }>`
    select l.sku, count(distinct o.id)::integer as "timesBought"
      from (select id from orders.read_state where record_id = any (${idList(recordIds)}) and state <> 'canceled' order by number desc limit 50) o
      join orders.read_line l on l.order_id = o.id and l.kind = 'goods'
     where not exists (select from unnest(${idList(recordIds)}) r (id) where customers.is_unprofiled(r.id))
     group by l.sku having count(distinct o.id) > 1 order by 2 desc, l.sku limit 3`.execute(ctx.db);
  return rows;
}

/** Which of these customers have an open cart, and which have something waiting at a place. */
export async function marksOf(
  ctx: Pick<ReadCtx, "db">,
  customerIds: readonly string[],
  placeId: string | null,
): Promise<Map<string, { readonly hasOpenCart: boolean; readonly hasCollection: boolean }>> {
  const { rows } = await sql<{ id: string; hasOpenCart: boolean; hasCollection: boolean }>`
    select c.id,
           exists (select from customers.records_of(c.id) r join carts.read_open o on o.record_id = r where o.current) as "hasOpenCart",
           exists (select from customers.records_of(c.id) r join fulfillment.read_waiting f on f.record_id = r where f.place_id = ${placeId}::uuid) as "hasCollection"
      from unnest(${idList(customerIds)}) c (id)`.execute(ctx.db);
  return new Map(rows.map(({ id, ...marks }) => [id, marks]));
}
