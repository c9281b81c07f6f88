import type { TillCommand } from "@weft/contracts";
import { ok, type CartId, type CodedError, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { writeBillEntry } from "../journal.ts";
import type { ReadCtx } from "../../../platform/index.ts";
import type { CommandContext, Done } from "./context.ts";
import { standingShift } from "./shifts.ts";

type Act = CommandContext & { readonly command: Extract<TillCommand, { kind: "bill.print" }> };

/**
 * A bill was printed of a ticket that is not paid yet [TIL-48]: an entry of the chain of bills, with what was on the ticket then, without taxes and
 * without a payment. It raises no totals [FIS-3], moves nothing, and the ticket stays what it is. Errors: the shift's.
 */
export async function noteBill({ ctx, register, command, at, operator }: Act): Promise<Result<Done, CodedError>> {
  const { shiftId, cartId, print, lines, total } = command.body;
  const shift = await standingShift(ctx, register, shiftId);
  if (!shift.ok) return shift;
  const document = {
    shiftId,
    training: register.training,
    cartId,
    print,
    currency: total.currency,
    lines,
    total: total.amount,
    // A bill before payment says neither [R8].
    taxes: [],
    tenders: [],
  };
  const place = await writeBillEntry(ctx, register, { kind: command.kind, commandId: command.id, at, operatorId: operator.id, document });
  await sql`
    insert into till.bill (command_id, register_id, shift_id, cart_id, chain, seq, number, print, total, currency, at)
    values (${command.id}, ${register.id}, ${shiftId}, ${cartId}, ${place.chain}, ${place.seq}, ${place.number}, ${print}, ${total.amount}, ${total.currency}, ${at})`.execute(
    ctx.db,
  );
  return ok({ receiptNumber: place.number });
}

/** The bills that were printed of a ticket, for the till that goes on with it. */
export async function billsOf(ctx: Pick<ReadCtx, "db">, cartId: CartId): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`
    select number from till.bill where cart_id = ${cartId} and number is not null order by at, command_id`.execute(ctx.db);
  return rows.map(({ number }) => number);
}
