import { asId, isId } from "@weft/kernel";
import { sql } from "kysely";
import { nameReceipt, type ReturnId } from "../../returns/index.ts";
import type { Ctx } from "../../../platform/index.ts";
import { tellTicket } from "../commands/ticket.ts";
import type { FiscalEntry, TicketDocument } from "../fiscal/index.ts";
import type { KnownRegister } from "../queries/registers.ts";

type Numbered = { order_id: string | null; shift_id: string; return_id: string | null; customer_reference: string };

/** A ticket as its entry names it; `reference` stands for its customer, and only the hub knows who that is [JRN-3]. */
type Named = {
  readonly commandId: string;
  readonly chain: string;
  readonly seq: number;
  readonly number: string;
  readonly reference: string | null;
};

/** Gives the tickets of a register the numbers that their entries bear [JRN-9], and answers them by command. */
export async function numberTickets(
  ctx: Ctx,
  register: KnownRegister,
  entries: readonly FiscalEntry[],
): Promise<ReadonlyMap<string, string>> {
  const numbers = new Map<string, string>();
  for (const { chain, seq, type, body } of entries) {
    if ((chain !== "T" && chain !== "B" && chain !== "X") || type === "event") continue;
    const { commandId, number, customerReference } = body.document as TicketDocument; // what else stands on these chains is an event
    if (commandId === undefined || !isId(commandId)) continue;
    numbers.set(commandId, number);
    if (type === "bill") {
      await numberBill(ctx, register, { commandId, chain, seq, number });
      continue;
    }
    const reference = typeof customerReference === "string" && isId(customerReference) ? customerReference : null;
    await numberOne(ctx, register, { commandId, chain, seq, number, reference });
  }
  return numbers;
}

async function numberBill(ctx: Ctx, register: KnownRegister, { commandId, chain, seq, number }: Omit<Named, "reference">): Promise<void> {
  await sql`
    update till.bill set chain = ${chain}, seq = ${seq}, number = ${number}
    where command_id = ${commandId} and register_id = ${register.id} and number is null`.execute(ctx.db);
}

async function numberOne(ctx: Ctx, register: KnownRegister, named: Named): Promise<void> {
  const { commandId, chain, seq, number } = named;
  const { rows } = await sql<Numbered>`
    update till.sale set chain = ${chain}, seq = ${seq}, number = ${number}
    where command_id = ${commandId} and register_id = ${register.id} and number is null
    returning order_id, shift_id, return_id, customer_reference`.execute(ctx.db);
  const [sale] = rows;
  if (!sale) {
    await sql`
      update till.empties set chain = ${chain}, seq = ${seq}, number = ${number}
      where command_id = ${commandId} and register_id = ${register.id} and number is null`.execute(ctx.db);
    return;
  }
  await takeReference(ctx, named, sale.customer_reference);
  if (sale.return_id) await nameReceipt(ctx, asId<ReturnId>(sale.return_id), number);
  if (sale.order_id) await tellTicket(ctx, register, { shiftId: sale.shift_id, orderId: sale.order_id, number });
}

/** A document that the register made stands for its customer by a reference of its own: the hub knows them by that one from here on. */
async function takeReference(ctx: Ctx, { commandId, reference }: Named, before: string): Promise<void> {
  if (reference === null || reference === before) return;
  const { rows } = await sql`
    update till.document_customer set reference = ${reference}
    where reference = ${before} and not exists (select from till.document_customer where reference = ${reference}) returning reference`.execute(
    ctx.db,
  );
  if (rows.length > 0) await sql`update till.sale set customer_reference = ${reference} where command_id = ${commandId}`.execute(ctx.db);
}
