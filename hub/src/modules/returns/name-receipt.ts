import type { OrderId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import type { ReturnId } from "./commands.ts";

/** Keeps what a return was exchanged for. */
export async function nameExchange(ctx: Pick<Ctx, "db">, id: ReturnId, orderId: OrderId): Promise<void> {
  await sql`update returns.return_order set exchange_order_id = ${orderId} where id = ${id}`.execute(ctx.db);
}

/** Keeps the number of the ticket that a register gave for a return. */
export async function nameReceipt(ctx: Pick<Ctx, "db">, id: ReturnId, receiptNumber: string): Promise<void> {
  await sql`update returns.return_order set receipt_number = ${receiptNumber} where id = ${id}`.execute(ctx.db);
}
