import type { CartId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";

/**
 * Erasure of a person: their open carts are given up with their holds, and what the operations of all their carts carried is emptied.
 * Lines stay, without what was said about them: they name goods, not people, and orders were made of them.
 */
export async function eraseCarts(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  await sql`select stock.release_cart(c.id) from carts.cart c where c.record_id = any (${recordIds}::uuid[]) and c.state in ('open', 'checkout')`.execute(
    ctx.db,
  );
  await sql`select promises.release_cart(c.id) from carts.cart c where c.record_id = any (${recordIds}::uuid[]) and c.state in ('open', 'checkout')`.execute(
    ctx.db,
  );
  await sql`update carts.cart set state = 'abandoned', updated_at = now(), version = version + 1 where record_id = any (${recordIds}::uuid[]) and state in ('open', 'checkout')`.execute(
    ctx.db,
  );
  await sql`
    update carts.cart_holder h set ended_at = coalesce(h.ended_at, now()) from carts.cart c
     where c.id = h.cart_id and h.kind = 'link' and c.record_id = any (${recordIds}::uuid[]) and c.state <> 'completed'`.execute(ctx.db);
  await sql`
    update carts.offer o set note = null, reason = null, ended_at = coalesce(o.ended_at, case when c.state <> 'completed' then now() end),
        ended_because = coalesce(o.ended_because, case when c.state <> 'completed' then 'erased' end)
      from carts.cart c where c.id = o.cart_id and c.record_id = any (${recordIds}::uuid[])`.execute(ctx.db);
  await sql`update carts.cart set offer = null where record_id = any (${recordIds}::uuid[]) and offer is not null`.execute(ctx.db);
  await sql`update carts.cart set address = null where record_id = any (${recordIds}::uuid[]) and address is not null`.execute(ctx.db);
  await sql`update carts.cart set note = null where record_id = any (${recordIds}::uuid[]) and note is not null`.execute(ctx.db);
  await sql`
    update carts.cart_line l set note = null from carts.cart c
     where c.id = l.cart_id and l.note is not null and c.record_id = any (${recordIds}::uuid[])`.execute(ctx.db);
  await sql`update carts.cart_operation o set body = '{}', result = '{}' from carts.cart c where c.id = o.cart_id and c.record_id = any (${recordIds}::uuid[])`.execute(
    ctx.db,
  );
  await sql`update carts.cart_holder set ended_at = coalesce(ended_at, now()), name = null where record_id = any (${recordIds}::uuid[])`.execute(
    ctx.db,
  );
}

/** A cart that became an order needs its address no more: the shipment has it. */
export async function forgetCartAddress(ctx: Ctx, cartId: CartId): Promise<void> {
  await sql`update carts.cart set address = null where id = ${cartId}`.execute(ctx.db);
}

/** A cart that became an order needs no notes any more: the order has them. */
export async function forgetCartNotes(ctx: Ctx, cartId: CartId): Promise<void> {
  await sql`update carts.cart set note = null where id = ${cartId} and note is not null`.execute(ctx.db);
  await sql`update carts.cart_line set note = null where cart_id = ${cartId} and note is not null`.execute(ctx.db);
}

/** What the carts of a customer are, for comparing before a merge and after its undoing. */
export async function cartsSnapshotOf(ctx: Pick<Ctx, "db">, recordIds: readonly RecordId[]): Promise<unknown> {
  const { rows } = await sql`
    select c.id, c.version, c.state, c.current, c.record_id, c.place_id, c.codes, c.earlier_cart_id, c.address, c.offer, c.note,
           coalesce((select jsonb_agg(jsonb_build_object('sku', l.sku, 'quantity', l.quantity, 'options', l.options, 'note', l.note) order by l.position) from carts.cart_line l where l.cart_id = c.id), '[]') as lines
      from carts.cart c where c.record_id = any (${recordIds}::uuid[]) order by c.id`.execute(ctx.db);
  return rows;
}
