import type { OrderId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";

/** Makes more due at the collection of an order of which something is due already [PAY-3]: one tender stays one. False when nothing is. */
export async function raiseDue(ctx: Pick<Ctx, "db">, orderId: OrderId, amount: number): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update payments.tender set amount = amount + ${amount}
     where id = (select id from payments.tender where order_id = ${orderId} and state = 'due' order by at desc, id desc limit 1) returning id`.execute(
    ctx.db,
  );
  return rows.length > 0;
}
