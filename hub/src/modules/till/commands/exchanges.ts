import type { TillCommand } from "@weft/contracts";
import { asId, asIdOrNull, err, ok, type CartId, type CodedError, type Id, type OrderId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { completeSale, saleActorOf, saleRequest, type BroughtGoods, type SaleRequest } from "../../checkout/index.ts";
import { readOrder } from "../../orders/index.ts";
import { cashRounding, tendersOf, tipOf, type TenderRow } from "../../payments/index.ts";
import { nameExchange, nameReceipt, payingAgain, readExchanged, takeForOthers, toUnits, type TicketedReturn } from "../../returns/index.ts";
import { roundedIn } from "../domain/index.ts";
import { writeTicketEntry } from "../journal.ts";
import type { KnownShift } from "../queries/shifts.ts";
import type { CommandContext, Done } from "./context.ts";
import { returnTicketOf } from "./return-ticket.ts";
import { cashStepAt, standingShift, writeCash, writeRounding } from "./shifts.ts";
import { tellTicket, tenderOf, ticketOf } from "./ticket.ts";

type Act = CommandContext & { readonly command: Extract<TillCommand, { kind: "exchange.take" }> };

/**
 * Goods of an order come back and the ticket goes out, in one transaction [TIL-13]: what came back pays for what goes out, the difference is
 * taken by the command's tenders or given back where it came from. Store credit and gift cards get theirs back and pay anew. A card that nobody
 * decides on the spot is refused as `payment.method_not_offered`: it is asked outside, and `writeTicketOfExchange` follows [TIL-64]. Errors: the
 * shift's, those of `takeForOthers` and `completeSale`; `till.register_unknown` without a channel.
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
  const { brought, ...asked } = exchangeRequest(command, { placeId: register.placeId, channelId: actor.channelId });
  const taken = await takeForOthers(ctx, brought, { cartId: asked.cartId, total: asked.expectedTotal.amount });
  if (!taken.ok) return taken;
  const { again, moved } = taken.value;
  const request = { ...asked, tenders: [...again.map(payingAgain), ...asked.tenders], moved };
  const sold = await completeSale(ctx, deps, request, { mode: "live", actor, at: ctx.now });
  if (!sold.ok) return sold;
  const { orderId } = sold.value;
  await nameExchange(ctx, taken.value.id, orderId);
  return ok(await exchanged(act, shift.value, taken.value, orderId));
}

/** What an exchange asks of checkout: a sale, and what is brought for it. */
export function exchangeRequest(
  { body }: Act["command"],
  here: Pick<BroughtGoods, "placeId" | "channelId">,
): SaleRequest & { readonly brought: BroughtGoods } {
  const { returnId, orderId, requestId, lines, cartId, completion } = body;
  const brought: BroughtGoods = {
    ...here,
    returnId: asId(returnId),
    orderId: asId(orderId),
    requestId: asIdOrNull(requestId),
    units: toUnits(lines),
  };
  return { ...saleRequest(asId<CartId>(cartId), completion), brought };
}

/**
 * The ticket of an exchange that was made before this transaction, because a card was asked about its difference outside [TIL-64]. Errors: the
 * shift's, `return.unknown`.
 */
export async function writeTicketOfExchange(act: Act, orderId: OrderId): Promise<Result<Done, CodedError>> {
  const { ctx, register, command } = act;
  const shift = await standingShift(ctx, register, command.body.shiftId);
  if (!shift.ok) return shift;
  const taken = await readExchanged(ctx, asId(command.body.returnId));
  return taken ? ok(await exchanged(act, shift.value, taken, orderId)) : err({ code: "return.unknown" });
}

async function exchanged(act: Act, shift: KnownShift, taken: TicketedReturn, orderId: OrderId): Promise<Done> {
  const number = await writeExchangeTicket(act, shift, taken, orderId);
  if (number !== null) await nameReceipt(act.ctx, taken.id, number);
  return { orderId, receiptNumber: number };
}

/** One ticket for both: what came back with negative amounts, what went out, and only the difference as money. */
async function writeExchangeTicket(act: Act, shift: KnownShift, taken: TicketedReturn, orderId: OrderId): Promise<string | null> {
  const { ctx, register, command, at, operator } = act;
  const order = await readOrder(ctx, orderId);
  if (!order) throw new Error(`order ${orderId} was just placed and is not there`);
  const moved = new Set<string>(taken.moved.map(({ id }) => id));
  const paid = (await tendersOf(ctx, [orderId])).filter(({ id }) => !moved.has(id));
  const { tenders, refunds } = withoutAgain(paid, taken);
  const [cash, card, stored] = [difference(["cash"]), difference(["card"]), difference(["store_credit", "gift_card", "points", "account"])];
  function difference(kinds: readonly string[]): number {
    const sum = (parts: readonly Pick<TenderRow, "amount">[]) => parts.reduce((all, { amount }) => all + amount, 0);
    return sum(tenders.filter(({ kind }) => kinds.includes(kind))) - sum(refunds.filter(({ kind }) => kinds.includes(kind)));
  }
  const rounding = cash < 0 ? -cashRounding(-cash, await cashStepAt(ctx, register.placeId)) : roundedIn(tenders);
  const reference = ctx.newId<Id<"document customer">>();
  const head = { shiftId: shift.id, customerReference: reference, training: register.training, rounding };
  const document = exchangeTicketOf(head, { ...taken, refunds }, { order, tenders });
  const place = await writeTicketEntry(ctx, register, { kind: "exchange", commandId: command.id, at, operatorId: operator.id, document });
  await sql`
    insert into till.sale (command_id, order_id, shift_id, register_id, chain, seq, number, kind, at, total, cash, card, stored, rounding, customer_reference, return_id)
    values (${command.id}, ${orderId}, ${shift.id}, ${register.id}, ${place.chain}, ${place.seq}, ${place.number}, 'exchange', ${at}, ${cash + card + stored}, ${cash}, ${card},
            ${stored}, ${rounding}, ${reference}, ${taken.id})`.execute(ctx.db);
  const recordId = order.order.record_id;
  if (recordId) await ctx.db.insertInto("till.document_customer").values({ reference, record_id: recordId }).execute();
  if (cash !== 0)
    await writeCash(ctx, shift, { id: command.id, kind: cash > 0 ? "sale" : "return", amount: cash, at, operatorId: operator.id, orderId });
  await writeRounding(ctx, shift, rounding, { at, operatorId: operator.id, orderId });
  await tellTicket(ctx, register, { shiftId: shift.id, orderId, number: place.number });
  return place.number;
}

/** What went back to a gift card or to store credit and paid anew moved nothing: neither stands on the paper. */
function withoutAgain(paid: readonly TenderRow[], { refunds, again }: TicketedReturn) {
  const tenders = [...paid];
  const left = new Map(refunds.map(({ kind, amount }) => [kind, amount]));
  for (const { kind, amount } of again) {
    tenders.splice(
      tenders.findIndex((tender) => tender.kind === kind && tender.amount === amount),
      1,
    );
    left.set(kind, (left.get(kind) ?? 0) - amount);
  }
  return { tenders, refunds: [...left].flatMap(([kind, amount]) => (amount > 0 ? [{ kind, amount }] : [])) };
}

type Head = Pick<Parameters<typeof ticketOf>[0], "shiftId" | "customerReference" | "training"> & { readonly rounding: number };

function exchangeTicketOf(head: Head, taken: TicketedReturn, sold: Pick<Parameters<typeof ticketOf>[0], "order" | "tenders">) {
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
