import type { CartId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";

/**
 * The customer's current cart: the oldest open one over all linked records; a newer one that a merge brought along waits behind it [CRT-3].
 * Undefined when they have none.
 */
export async function currentCartId(ctx: Pick<Ctx, "db">, recordId: RecordId): Promise<CartId | undefined> {
  const { rows } = await sql<{ id: CartId }>`
    select c.id from carts.cart c
     where c.record_id in (select customers.records_of(${recordId})) and c.current and c.state in ('open', 'checkout', 'completing')
     order by c.opened_at limit 1`.execute(ctx.db);
  return rows[0]?.id;
}

/**
 * The cart that a customer goes on with in the app: the current one, or, when that is empty or missing, the newest ticket with something
 * on it that a till has begun for them [CRT-9].
 */
export async function cartToGoOnWith(ctx: Pick<Ctx, "db">, recordId: RecordId): Promise<CartId | undefined> {
  const { rows } = await sql<{ id: CartId }>`
    select c.id from carts.cart c, lateral (select exists (select from carts.cart_line l where l.cart_id = c.id) as filled) f
     where c.record_id in (select customers.records_of(${recordId})) and c.state in ('open', 'checkout', 'completing') and (c.current or f.filled)
     order by c.current and f.filled desc, f.filled desc, case when c.current then c.opened_at end, c.updated_at desc limit 1`.execute(
    ctx.db,
  );
  return rows[0]?.id;
}

export type OpenCart = { readonly id: CartId; readonly current: boolean; readonly channelKind: string; readonly updatedAt: Date };

/** All open carts of a customer with something in them: the current one, and tickets that wait at a till. */
export async function openCartsOf(ctx: Pick<Ctx, "db">, recordIds: readonly RecordId[]): Promise<OpenCart[]> {
  const { rows } = await sql<OpenCart>`
    select c.id, c.current, c.channel_kind as "channelKind", c.updated_at as "updatedAt" from carts.cart c
     where c.record_id = any (${recordIds}::uuid[]) and c.state in ('open', 'checkout')
       and (c.current or exists (select from carts.cart_line l where l.cart_id = c.id))
     order by c.current desc, c.updated_at desc`.execute(ctx.db);
  return rows;
}
