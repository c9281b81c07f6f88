import type { TillCommand } from "@weft/contracts";
import { err, ok, type CodedError, type OrderId, type Result } from "@weft/kernel";
import { readOrder } from "../../orders/index.ts";
import { writeCopy, writeLog } from "../journal.ts";
import { ticketOf } from "../queries/ticket.ts";
import type { CommandContext, Done } from "./context.ts";

type Act = CommandContext & { readonly command: Extract<TillCommand, { kind: "receipt.duplicate" }> };

/**
 * A copy of a receipt was printed: the chain of copies says of which ticket, which copy, and why [TIL-19]; the log does where no register took money
 * for the order. It moves nothing, and needs no open shift. Errors: `till.no_receipt`.
 */
export async function noteDuplicate({ ctx, register, command, at, operator }: Act): Promise<Result<Done, CodedError>> {
  const orderId = command.body.orderId as OrderId; // an id by the contract
  const entry = await readOrder(ctx, orderId);
  if (entry?.order.place_id !== register.placeId) return err({ code: "till.no_receipt" });
  const { copy, reason } = command.body;
  const ticket = await ticketOf(ctx, orderId);
  const about = { orderId, orderNumber: entry.order.number, copy, reason };
  const noted = { kind: command.kind, commandId: command.id, at, operatorId: operator.id };
  if (!ticket?.place) await writeLog(ctx, register, { ...noted, document: about });
  else {
    const { kind: type, ...place } = ticket.place;
    await writeCopy(ctx, register, { ...noted, document: { ...about, of: { ...place, type, number: ticket.number } } });
  }
  return ok({ orderId });
}
