import type { TillCommand } from "@weft/contracts";
import { err, ok, type CodedError, type OrderId, type Result } from "@weft/kernel";
import { readOrder } from "../../orders/index.ts";
import { numberOf } from "../fiscal/index.ts";
import { writeCopy, writeLog } from "../journal.ts";
import { ticketAt, ticketOf } from "../queries/ticket.ts";
import type { CommandContext, Done } from "./context.ts";

type Act = CommandContext & { readonly command: Extract<TillCommand, { kind: "receipt.duplicate" }> };

/**
 * A copy of a receipt was printed: the chain of copies says of which ticket, which copy, and why [TIL-19]; the log does where no register took money
 * for the order. It moves nothing, and needs no open shift. Errors: `till.no_receipt`.
 */
export async function noteDuplicate({ ctx, register, command, at, operator }: Act): Promise<Result<Done, CodedError>> {
  const { copy, reason, ticket: named } = command.body;
  const orderId = command.body.orderId as OrderId | null; // an id by the contract
  const order = orderId === null ? undefined : (await readOrder(ctx, orderId))?.order;
  const ticket = await (named
    ? ticketAt(ctx, register.placeId, numberOf(named.register, named.chain, named.seq))
    : orderId && ticketOf(ctx, orderId));
  const isSeenHere = named ? ticket : order?.place_id === register.placeId;
  if (!isSeenHere) return err({ code: "till.no_receipt" });
  const about = { orderId, orderNumber: order?.number ?? null, copy, reason };
  const noted = { kind: command.kind, commandId: command.id, at, operatorId: operator.id };
  if (!ticket?.place) await writeLog(ctx, register, { ...noted, document: about });
  else {
    const { kind: type, ...place } = ticket.place;
    await writeCopy(ctx, register, { ...noted, document: { ...about, of: { ...place, type, number: ticket.number } } });
  }
  return ok({ ...(orderId !== null && { orderId }) });
}
