import { randomUUID } from "node:crypto";
import type { CartOperation, TillCommand } from "@weft/contracts";
import { ok, type CartId, type CodedError, type CustomerId, type Id } from "@weft/kernel";
import { openCart, operate } from "../../carts/index.ts";
import { openCustomer } from "../../customers/index.ts";
import { dbOn, inTransaction, type Surroundings } from "../../../platform/index.ts";
import type { AnyCommand } from "../domain/index.ts";
import { operatorOf } from "./context.ts";
import { readCommand } from "./read-command.ts";

type Ticket = NonNullable<Extract<TillCommand, { kind: "sale.complete" }>["body"]["ticket"]>;

/**
 * Opens the ticket of a sale again that this hub does not have: it was restored to before the ticket was opened, and the till sends again
 * what it sold [TIL-10]. In a transaction of its own, because a card may have to be asked outside. Answers whether it stands now.
 */
export async function reopenTicket(around: Surroundings, raw: AnyCommand, { code }: CodedError): Promise<boolean> {
  if (raw["kind"] !== "sale.complete" || code !== "cart.unknown") return false;
  const read = readCommand(raw);
  if ("unreadable" in read || read.command.kind !== "sale.complete" || !read.command.body.ticket) return false;
  const { command } = read;
  const { cartId, completion, ticket } = command.body;
  if (!ticket) return false;
  const { actor } = await operatorOf({ db: dbOn(around.pool), actor: around.actor }, command.staffId, command.id);
  const id = cartId as CartId; // an id by the contract
  const outcome = await inTransaction({ ...around, actor }, async (ctx) => {
    // Who is gone from the hub meanwhile is sold to as nobody known: the sale counts.
    const isKnown = ticket.customerId !== null && (await openCustomer(ctx, ticket.customerId as CustomerId)).ok; // as above
    const opened = await openCart(ctx, { id, placeId: null, fulfillment: "take_away", operations: [], isTicket: true });
    if (!opened.ok) return opened;
    const operations = operationsOf(ticket, isKnown);
    const filled = await operate(ctx, { cartId: id, operations });
    return filled.ok ? ok(completion.expectedTotal) : filled;
  });
  return outcome.kind === "done" && outcome.result.ok;
}

function operationsOf({ customerId, codes, lines, note }: Ticket, isKnown: boolean): CartOperation[] {
  const id = () => randomUUID() as Id<"operation">; // ids of operations are any UUID
  return [
    ...(isKnown ? [{ id: id(), kind: "setCustomer" as const, customerId }] : []),
    ...lines.map(({ sku, quantity, options, elsewhere, note: said, isTyped, topUp, trace }) => ({
      id: id(),
      kind: "add" as const,
      sku,
      quantity,
      options,
      ...(elsewhere && { elsewhere }),
      ...(said !== undefined && { note: said }),
      ...(isTyped && { isTyped }),
      ...(topUp && { topUp }),
      ...(trace && { trace }),
    })),
    ...(note === undefined ? [] : [{ id: id(), kind: "setNote" as const, lineId: null, note }]),
    ...codes.map((code) => ({ id: id(), kind: "applyCode" as const, code })),
  ];
}
