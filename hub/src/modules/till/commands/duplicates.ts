import type { TillCommand } from "@weft/contracts";
import { err, ok, type CodedError, type OrderId, type Result } from "@weft/kernel";
import { readOrder } from "../../orders/index.ts";
import { writeLog } from "../journal.ts";
import type { CommandContext, Done } from "./context.ts";

type Act = CommandContext & { readonly command: Extract<TillCommand, { kind: "receipt.duplicate" }> };

/** A copy of a receipt was printed: the log says which one, and why [TIL-19]. It moves nothing, and needs no open shift. Errors: `till.no_receipt`. */
export async function noteDuplicate({ ctx, register, command, at, operator }: Act): Promise<Result<Done, CodedError>> {
  const orderId = command.body.orderId as OrderId; // an id by the contract
  const entry = await readOrder(ctx, orderId);
  if (entry?.order.place_id !== register.placeId) return err({ code: "till.no_receipt" });
  const { copy, reason } = command.body;
  await writeLog(ctx, register, {
    kind: command.kind,
    commandId: command.id,
    at,
    operatorId: operator.id,
    document: { orderId, orderNumber: entry.order.number, copy, reason },
  });
  return ok({ orderId });
}
