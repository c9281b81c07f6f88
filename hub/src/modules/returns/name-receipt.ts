import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import type { ReturnId } from "./commands.ts";

/** Keeps the number of the ticket that a register gave for a return. */
export async function nameReceipt(ctx: Pick<Ctx, "db">, id: ReturnId, receiptNumber: string): Promise<void> {
  await sql`update returns.return_order set receipt_number = ${receiptNumber} where id = ${id}`.execute(ctx.db);
}
