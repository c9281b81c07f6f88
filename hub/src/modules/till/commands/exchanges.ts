import type { TillCommand } from "@weft/contracts";
import { asId, err, ok, type CartId, type CodedError, type Id, type OrderId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { completeSale, saleActorOf, saleRequest } from "../../checkout/index.ts";
import { readOrder } from "../../orders/index.ts";
import { cashRounding, tendersOf, tipOf, type TenderRow } from "../../payments/index.ts";
import { nameExchange, nameReceipt, type ReturnId, type TakenReturn } from "../../returns/index.ts";
import { publish } from "../../../platform/index.ts";
import { receiptNumber, roundedIn } from "../domain/index.ts";
import { TicketWritten } from "../events.ts";
import { writeEntry } from "../journal.ts";
import type { KnownShift } from "../queries/shifts.ts";
import type { CommandContext, Done } from "./context.ts";
import { returnTicketOf } from "./return-ticket.ts";
import { takeHere } from "./returns.ts";
import { cashStepAt, standingShift, writeCash, writeRounding } from "./shifts.ts";
import { tenderOf, ticketOf } from "./ticket.ts";

type Act = CommandContext & { readonly command: Extract<TillCommand, { kind: "exchange.take" }> };

/**
 * Goods of an order come back and the ticket goes out, in one transaction [TIL-13]: what came back pays for what goes out, the difference is
 * taken by the command's tenders or given back where it came from. A card that nobody decides on the spot cannot pay the difference. Errors: the
 * shift's, those of `takeReturn` and `completeSale`; `till.register_unknown` without a channel.
 */
export async function exchangeHere(act: Act): Promise<Result<Done, CodedError>> {
  const { ctx, deps, register, command } = act;
  const { body } = command;
  const shift = await standingShift(ctx, register, body.shiftId);
  if (!shift.ok) return shift;
  // The difference may be nothing, or go back: a tip is given with a sale.
  if (body.completion.tenders.some((tender) => tipOf(tender) > 0)) return err({ code: "payment.no_tip" });
  const actor = saleActorOf(ctx, register.channelId);
  if (!actor) return err({ code: "till.register_unknown" });
  const cartId = asId<CartId>(body.cartId);
  const taken = await takeHere(act, actor.channelId, body.completion.expectedTotal.amount);
  if (!taken.ok) return taken;
  const request = { ...saleRequest(cartId, body.completion), moved: taken.value.moved };
  const sold = await completeSale(ctx, deps, request, { mode: "live", actor, at: ctx.now });
  if (!sold.ok) return sold;
  const { orderId } = sold.value;
  await nameExchange(ctx, taken.value.id, orderId);
  const number = await writeExchangeTicket(act, shift.value, taken.value, orderId);
  await nameReceipt(ctx, asId<ReturnId>(body.returnId), number);
  return ok({ orderId, receiptNumber: number });
}

/** One ticket for both: what came back with negative amounts, what went out, and only the difference as money. */
async function writeExchangeTicket(act: Act, shift: KnownShift, taken: TakenReturn, orderId: OrderId): Promise<string> {
  const { ctx, register, command, at, operator } = act;
  const order = await readOrder(ctx, orderId);
  if (!order) throw new Error(`order ${orderId} was just placed and is not there`);
  const moved = new Set<string>(taken.moved.map(({ id }) => id));
  const tenders = (await tendersOf(ctx, [orderId])).filter(({ id }) => !moved.has(id));
  const [cash, card, stored] = [difference(["cash"]), difference(["card"]), difference(["store_credit", "gift_card", "account"])];
  function difference(kinds: readonly string[]): number {
    const sum = (parts: readonly Pick<TenderRow, "amount">[]) => parts.reduce((all, { amount }) => all + amount, 0);
    return sum(tenders.filter(({ kind }) => kinds.includes(kind))) - sum(taken.refunds.filter(({ kind }) => kinds.includes(kind)));
  }
  const rounding = cash < 0 ? -cashRounding(-cash, await cashStepAt(ctx, register.placeId)) : roundedIn(tenders);
  const chain = register.training ? "X" : "T";
  const reference = ctx.newId<Id<"document customer">>();
  const entry = await writeEntry(ctx, register, chain, (seq) => {
    const head = {
      number: receiptNumber(register.code, chain, seq),
      shiftId: shift.id,
      customerReference: reference,
      training: register.training,
      rounding,
    };
    return { kind: "exchange", at, operatorId: operator.id, document: exchangeTicketOf(head, taken, { order, tenders }) };
  });
  const number = receiptNumber(register.code, chain, entry.seq);
  await sql`
    insert into till.sale (command_id, order_id, shift_id, register_id, chain, seq, number, kind, at, total, cash, card, stored, rounding, customer_reference, return_id)
    values (${command.id}, ${orderId}, ${shift.id}, ${register.id}, ${chain}, ${entry.seq}, ${number}, 'exchange', ${at}, ${cash + card + stored}, ${cash}, ${card},
            ${stored}, ${rounding}, ${reference}, ${taken.id})`.execute(ctx.db);
  const recordId = order.order.record_id;
  if (recordId) await ctx.db.insertInto("till.document_customer").values({ reference, record_id: recordId }).execute();
  if (cash !== 0)
    await writeCash(ctx, shift, { id: command.id, kind: cash > 0 ? "sale" : "return", amount: cash, at, operatorId: operator.id, orderId });
  await writeRounding(ctx, shift, rounding, { at, operatorId: operator.id, orderId });
  const written = { registerId: register.id, placeId: register.placeId, shiftId: shift.id, orderId, number };
  await publish(ctx, TicketWritten, `register/${register.id}`, { ...written, training: register.training });
  return number;
}

type Head = Pick<Parameters<typeof ticketOf>[0], "number" | "shiftId" | "customerReference" | "training"> & { readonly rounding: number };

function exchangeTicketOf(head: Head, taken: TakenReturn, sold: Pick<Parameters<typeof ticketOf>[0], "order" | "tenders">) {
  const out = ticketOf({ ...head, ...sold });
  const back = returnTicketOf({ ...head, taken });
  const refunds = taken.refunds.flatMap(({ kind, amount }) => (kind === "exchange" ? [] : { kind, state: "refunded", amount: -amount }));
  const rounded = head.rounding === 0 ? {} : { cashRounding: head.rounding };
  return {
    ...out,
    cameBack: { orderNumber: back["orderNumber"], returnId: taken.id, lines: back["lines"], taxes: back["taxes"], total: back["total"] },
    difference: sold.order.order.total - taken.plan.total,
    tenders: [...sold.tenders.map(tenderOf), ...refunds],
    ...rounded,
  };
}
