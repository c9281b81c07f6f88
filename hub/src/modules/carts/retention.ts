import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";

/** Months after its last change for which a cart that became no order is kept. */
export const CART_MONTHS = 25;
/** Days for one of nobody: its phone is not coming back. */
export const ANONYMOUS_CART_DAYS = 90;

/**
 * Deletes carts that became no order and are old enough [CRT-13], with their lines, operations, holders and codes, some at a time. Answers
 * how many. A cart that became an order is kept with it.
 */
export async function forgetCarts(ctx: Ctx, most: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select c.id from carts.cart c
     where c.state in ('open', 'checkout', 'merged', 'abandoned')
       and (c.updated_at < ${ctx.now}::timestamptz - make_interval(months => ${CART_MONTHS}::integer)
            or c.updated_at < ${ctx.now}::timestamptz - make_interval(days => ${ANONYMOUS_CART_DAYS}::integer)
               and exists (select from customers.read_nobody n where n.record_id = c.record_id)
               and not exists (select from carts.cart_holder h where h.cart_id = c.id and h.kind = 'customer'))
     limit ${most} for update of c skip locked`.execute(ctx.db);
  const carts = sql`${rows.map(({ id }) => id)}::uuid[]`;
  const run = (statement: ReturnType<typeof sql>) => statement.execute(ctx.db);
  await run(sql`select stock.release_cart(id) from unnest(${carts}) as old (id)`);
  await run(sql`delete from carts.adoption where cart_id = any (${carts}) or earlier_cart_id = any (${carts})`);
  await run(sql`delete from carts.offer where cart_id = any (${carts})`);
  await run(sql`delete from carts.handover where cart_id = any (${carts})`);
  await run(sql`delete from carts.cart_holder where cart_id = any (${carts})`);
  await run(sql`delete from carts.cart_operation where cart_id = any (${carts})`);
  await run(sql`delete from carts.cart_line where cart_id = any (${carts})`);
  await run(sql`delete from carts.cart where id = any (${carts})`);
  // What was paired goes with its cart; a code that nobody typed has none.
  await run(sql`delete from carts.pairing where cart_id is null and created_at < ${ctx.now}::timestamptz - interval '1 day'`);
  return rows.length;
}
