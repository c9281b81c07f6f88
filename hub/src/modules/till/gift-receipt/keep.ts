import type { TillCommand } from "@weft/contracts";
import { asId, err, ok, type CodedError, type OrderId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { tokenHash } from "../../access/index.ts";
import { readOrder } from "../../orders/index.ts";
import type { CommandContext, Done } from "../commands/context.ts";
import { writeLog } from "../journal.ts";

type Act = CommandContext & { readonly command: Extract<TillCommand, { kind: "receipt.gift" }> };

/**
 * A receipt without prices was given [TIL-46]: the hub keeps the hash of what opens it. It shows no price, tax or payment, so it proves no sale and is no
 * copy of the ticket that does: the log says that it was given, and the chain of copies goes on without it. It moves nothing, and needs no open
 * shift. A token that was used before opens what it opened. Errors: `till.no_receipt` for an order or lines that are not of this place.
 */
export async function keepGiftReceipt({ ctx, register, command, at, operator }: Act): Promise<Result<Done, CodedError>> {
  const { token, lineIds } = command.body;
  const orderId = asId<OrderId>(command.body.orderId);
  const entry = await readOrder(ctx, orderId);
  const known = new Set<string>(entry?.lines.flatMap(({ id, kind }) => (kind === "goods" ? [id] : [])));
  if (entry?.order.place_id !== register.placeId || lineIds?.some((id) => !known.has(id))) return err({ code: "till.no_receipt" });
  await sql`
    insert into till.gift_receipt (token_hash, order_id, line_ids, register_id, command_id, at)
    values (${tokenHash(token)}, ${orderId}, ${lineIds}::uuid[], ${register.id}, ${command.id}, ${at}) on conflict do nothing`.execute(
    ctx.db,
  );
  const document = { orderId, orderNumber: entry.order.number, lines: lineIds?.length ?? known.size };
  await writeLog(ctx, register, { kind: command.kind, commandId: command.id, at, operatorId: operator.id, document });
  return ok({ orderId });
}
