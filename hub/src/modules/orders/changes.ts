import type { ChannelId, Id, LineId, OrderId, PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx } from "../../platform/index.ts";
import { ratedParts, type NewOrderLine, type TaxTotal } from "./domain.ts";

export type OrderChangeId = Id<"order change">;

/** One thing that a change did. Of a contact or an address it says only that it was changed: the values have one place each. */
export type ChangeAction =
  | { readonly kind: "add_line"; readonly orderLineId: LineId; readonly quantity: number; readonly total: number }
  | { readonly kind: "remove_units"; readonly orderLineId: LineId; readonly quantity: number; readonly total: number }
  | { readonly kind: "collect_instead" }
  | { readonly kind: "collect_elsewhere" }
  | { readonly kind: "ship_instead" }
  | { readonly kind: "change_address" }
  | { readonly kind: "change_contact" };

/** A version of an order, as it is kept [ORD-10]. Amounts in minor units. */
export type NewChange = {
  readonly id: OrderChangeId;
  readonly orderId: OrderId;
  readonly reason: string | null;
  readonly actions: readonly ChangeAction[];
  /** What its new lines came to, and what the units that it took off were worth. */
  readonly added: number;
  readonly removed: number;
};

export type StoredChange = Omit<NewChange, "orderId"> & {
  readonly number: number;
  readonly at: Date;
  readonly channelId: ChannelId | null;
  readonly placeId: PlaceId | null;
  readonly staffName: string | null;
  /** Whether its customer changed it, and nobody of the staff. */
  readonly isByCustomer: boolean;
  /** What is to be paid for the order in all after it. */
  readonly owedAfter: number;
};

/**
 * Keeps a version of an order with who, where and why, and what of it an invoice is to say. Called last, under the order's lock: what is owed
 * after it is read as it stands.
 */
export async function keepChange(ctx: Ctx, { id, orderId, reason, actions, added, removed }: NewChange): Promise<void> {
  const { kind, channelId, placeId, staff } = ctx.actor;
  await sql`
    insert into orders.order_change (id, order_id, number, at, actor_kind, channel_id, place_id, staff_id, staff_name, reason, actions, added, removed, owed_after)
    select ${id}, o.id, 1 + (select count(*) from orders.order_change where order_id = o.id), ${ctx.now}, ${kind}, ${channelId}, ${placeId},
           ${staff?.id ?? null}, ${staff?.name ?? null}, ${reason}, ${JSON.stringify(actions)}::jsonb, ${added}, ${removed},
           o.total - o.canceled_amount - o.returned_amount
    from orders.orders o where o.id = ${orderId}`.execute(ctx.db);
  if (added > 0) await sql`insert into orders.addition (order_id, change_id, total) values (${orderId}, ${id}, ${added})`.execute(ctx.db);
}

/** Writes lines that are ordered later [ORD-11]; `taxes` are the order's shares by rate with them. The caller holds the order's lock. */
export async function addLines(
  ctx: Pick<Ctx, "db">,
  orderId: OrderId,
  changeId: OrderChangeId,
  lines: readonly NewOrderLine[],
  taxes: readonly TaxTotal[],
): Promise<void> {
  await sql`
    select orders.add_lines(${orderId}, ${changeId}, ${JSON.stringify(lines)}::json, ${JSON.stringify(taxes)}::jsonb)`.execute(ctx.db);
}

/** The shares by rate of an order with further lines; a rate that is new to it comes last. `country` is where they are taxed. */
export function taxesWith(
  taxes: readonly TaxTotal[],
  lines: readonly Pick<NewOrderLine, "tax_rate" | "deposit" | "ordered" | "tax" | "total">[],
  country: string,
): TaxTotal[] {
  const all = new Map(taxes.map((share) => [`${share.rate.numerator}/${share.rate.denominator}`, share]));
  const parts = lines.flatMap((line) => ratedParts(line, { quantity: line.ordered, total: line.total, tax: line.tax }));
  for (const { rate, net, tax, total } of parts) {
    const key = `${rate.numerator}/${rate.denominator}`;
    const share = all.get(key) ?? { rate, country, net: 0, tax: 0, gross: 0 };
    all.set(key, { ...share, net: share.net + net, tax: share.tax + tax, gross: share.gross + total });
  }
  return [...all.values()];
}

/** The versions of an order, the oldest first. */
export async function changesOfOrder(ctx: Pick<ReadCtx, "db">, orderId: OrderId): Promise<StoredChange[]> {
  const { rows } = await sql<StoredChange>`
    select id, number, at, channel_id as "channelId", place_id as "placeId", staff_name as "staffName", staff_id is null as "isByCustomer", reason, actions,
           added, removed, owed_after as "owedAfter"
    from orders.order_change where order_id = ${orderId} order by number`.execute(ctx.db);
  return rows;
}

/** The changes of an order that brought something to pay, the oldest first: each may have earned points of its own. */
export async function payingChanges(ctx: Pick<ReadCtx, "db">, orderId: OrderId): Promise<OrderChangeId[]> {
  const { rows } = await sql<{ id: OrderChangeId }>`
    select id from orders.order_change where order_id = ${orderId} and added > 0 order by number`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/**
 * Makes an order that nobody was known for a record's: one without a record, or with that of a nobody, which a ticket has until its customer is
 * known. False, and nothing done, where it is somebody's already. Locks the order.
 */
export async function attachBuyer(ctx: Pick<Ctx, "db">, orderId: OrderId, recordId: RecordId): Promise<boolean> {
  const { rows } = await sql`
    update orders.orders set record_id = ${recordId}, version = version + 1 where id = ${orderId}
      and (record_id is null or exists (select from customers.read_nobody n where n.record_id = orders.orders.record_id)) returning id`.execute(
    ctx.db,
  );
  return rows.length > 0;
}

/** Adds to what an order says that it earned. */
export async function addPointsEarned(ctx: Pick<Ctx, "db">, orderId: OrderId, points: number): Promise<void> {
  await sql`update orders.orders set points_earned = points_earned + ${points} where id = ${orderId}`.execute(ctx.db);
}

export type NewReach = { readonly name: string | null; readonly email: string | null; readonly phone: string | null };

/** Keeps where the buyer of an order is reached from now on; what is null stays as it was. */
export async function changeContact(ctx: Pick<Ctx, "db">, orderId: OrderId, { name, email, phone }: NewReach): Promise<void> {
  await sql`
    insert into orders.contact as c (order_id, record_id, name, email, phone)
    select id, record_id, ${name}, ${email}, ${phone} from orders.orders where id = ${orderId}
    on conflict (order_id) do update set name = coalesce(excluded.name, c.name), email = coalesce(excluded.email, c.email),
      phone = coalesce(excluded.phone, c.phone)`.execute(ctx.db);
}
