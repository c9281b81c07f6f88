import type { TillCommand } from "@weft/contracts";
import { err, ok, type CartId, type CodedError, type FulfillmentId, type Id, type OrderId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { abandonCart } from "../../carts/index.ts";
import { completeSale, saleActorOf, saleRequest } from "../../checkout/index.ts";
import { handOver, handOverOfKey } from "../../fulfillment/index.ts";
import { readOrder, type BookEntry } from "../../orders/index.ts";
import { tendersOf, type TenderRow } from "../../payments/index.ts";
import { Committed, type Ctx } from "../../../platform/index.ts";
import { receiptHashOf } from "../e-receipt/token.ts";
import { roundedIn, tipsIn } from "../domain/index.ts";
import { endTab } from "../tables/courses.ts";
import { writeLog, writeTicketEntry } from "../journal.ts";
import type { KnownShift } from "../queries/shifts.ts";
import type { CommandContext, Done } from "./context.ts";
import { paymentKey, takenOf } from "./outside-cards.ts";
import { standingShift, writeCash, writeRounding, writeTip } from "./shifts.ts";
import { soldHere } from "./sold-here.ts";
import { tellTicket, ticketOf } from "./ticket.ts";

type Act<Kind extends TillCommand["kind"]> = CommandContext & { readonly command: Extract<TillCommand, { kind: Kind }> };
type Answer = Promise<Result<Done, CodedError>>;

/** A cart is paid at the register: order, stock, money, points and the ticket in one transaction [TIL-8]. Errors: the shift's and checkout's. */
export async function completeSaleHere(act: Act<"sale.complete">): Answer {
  const { ctx, deps, register, command, at, mode } = act;
  const shift = await standingShift(ctx, register, command.body.shiftId);
  if (!shift.ok) return shift;
  const cartId = command.body.cartId as CartId; // an id by the contract
  const seller = saleActorOf(ctx, register.channelId);
  if (!seller) return err({ code: "till.register_unknown" });
  // A register sells over its counter whatever device it is in: a kiosk's has a terminal beside it like a till's.
  const actor = { ...seller, isAtTill: true };
  const terms = { mode, actor, at: mode === "live" ? ctx.now : at };
  const sold = await completeSale(ctx, deps, saleRequest(cartId, command.body.completion), terms);
  return sold.ok ? ok(await completedHere(act, shift.value, sold.value.orderId)) : sold;
}

/** The ticket of an order that was placed before this transaction, because its card was asked outside. Errors: the shift's. */
export async function writeTicketOf(act: Act<"sale.complete">, orderId: OrderId): Answer {
  const shift = await standingShift(act.ctx, act.register, act.command.body.shiftId);
  return shift.ok ? ok(await completedHere(act, shift.value, orderId)) : shift;
}

/** The ticket, and what the register keeps of the sale. */
async function completedHere(act: Act<"sale.complete">, shift: KnownShift, orderId: OrderId): Promise<Done> {
  const paid = await paidOrder(act.ctx, orderId);
  return { orderId, receiptNumber: await writeTicket(act, shift, paid, "sale"), sold: await soldHere(act.ctx, paid.order, paid.tenders) };
}

/** Writes the ticket of an order that was just paid here. */
export async function ticketFor(act: CommandContext, shift: KnownShift, orderId: OrderId): Promise<Done> {
  return { orderId, receiptNumber: await writeTicket(act, shift, await paidOrder(act.ctx, orderId), "sale") };
}

/** An order with what was paid for it, as a ticket says it. */
type PaidOrder = { readonly order: BookEntry; readonly tenders: readonly TenderRow[] };

async function paidOrder(ctx: Ctx, orderId: OrderId): Promise<PaidOrder> {
  const tenders = await tendersOf(ctx, [orderId]);
  return { order: await placedOrder(ctx, orderId), tenders };
}

async function placedOrder(ctx: Ctx, orderId: OrderId): Promise<BookEntry> {
  const order = await readOrder(ctx, orderId);
  if (!order) throw new Error(`order ${orderId} was just placed and is not there`);
  return order;
}

/** A ticket that was begun and given up: its goods are free again, and the log says so. Errors: the shift's. */
export async function abandonSale({ ctx, register, command, at, operator }: Act<"sale.abandon">): Answer {
  const shift = await standingShift(ctx, register, command.body.shiftId);
  if (!shift.ok) return shift;
  const { cartId, reason = null } = command.body;
  const given = await abandonCart(ctx, cartId as CartId); // an id by the contract
  await endTab(ctx, cartId as CartId); // the same
  // One that is paid or gone already needs no giving up; what the till did is written all the same.
  await writeLog(ctx, register, {
    kind: command.kind,
    commandId: command.id,
    at,
    operatorId: operator.id,
    document: { shiftId: shift.value.id, cartId, reason, was: given.ok ? "open" : given.error.code },
  });
  return ok({});
}

/** An order of any channel is handed over, and what is due on it is taken. Errors: the shift's and those of the hand-over. */
export async function handOverCollection(act: Act<"collection.hand_over">): Answer {
  const { ctx, deps, register, command, at, operator } = act;
  const shift = await standingShift(ctx, register, command.body.shiftId);
  if (!shift.ok) return shift;
  const { code, proof, tenders, receivedBy } = command.body;
  const fulfillmentId = command.body.fulfillmentId as FulfillmentId; // an id by the contract
  const handed = await handOver(ctx, deps, { fulfillmentId, code, proof, tenders, lines: takenOf(command.body), receivedBy });
  if (!handed.ok) return handed;
  if (handed.value instanceof Committed) return ok({ refused: handed.value.error });
  const orderId = handed.value.fulfillment.order_id;
  await writeLog(ctx, register, {
    kind: command.kind,
    commandId: command.id,
    at,
    operatorId: operator.id,
    document: { shiftId: shift.value.id, fulfillmentId, orderId, proof },
  });
  if (tenders.length === 0) return ok({ orderId });
  // What this command took bears the time of its transaction, or of the one after its card was asked outside; what was paid before belongs
  // to another document.
  const asked = await handOverOfKey(ctx, fulfillmentId, paymentKey(register.id, command.id));
  const takenAt = (asked?.endedAt ?? ctx.now).getTime();
  const taken = (await tendersOf(ctx, [orderId])).filter(({ state, at: paidAt }) => state === "captured" && paidAt.getTime() === takenAt);
  if (taken.length === 0) return ok({ orderId });
  const paid = { order: await placedOrder(ctx, orderId), tenders: taken };
  return ok({ orderId, receiptNumber: await writeTicket(act, shift.value, paid, "collection") });
}

/** The bills that the till printed of the ticket before it was paid: the ticket refers to them [TIL-48]. */
function billsIn(command: CommandContext["command"]): readonly string[] | undefined {
  return command.kind === "sale.complete" || command.kind === "sale.record" ? command.body.bills : undefined;
}

/** The ticket that was paid, as the till had it: its table is known by that. */
function ticketIdOf(command: CommandContext["command"]): string | null {
  return command.kind === "sale.complete" || command.kind === "sale.record" ? command.body.cartId : null;
}

/** The ticket: its journal entry, its number, and what it moved in the drawer. */
async function writeTicket(
  act: CommandContext,
  shift: KnownShift,
  { order, tenders }: PaidOrder,
  kind: "sale" | "collection",
): Promise<string | null> {
  const { ctx, register, command, at, operator } = act;
  const orderId = order.order.id;
  const reference = ctx.newId<Id<"document customer">>();
  const sumOf = (of: TenderRow["kind"]) =>
    tenders.reduce((sum, tender) => (tender.kind === of && tender.state === "captured" ? sum + tender.amount : sum), 0);
  const [cash, card] = [sumOf("cash"), sumOf("card")];
  const rounding = roundedIn(tenders);
  const tips = tipsIn(tenders);
  // Paid without money in the drawer or on a card: what was kept for the customer, and what their company owes.
  const stored = sumOf("store_credit") + sumOf("gift_card") + sumOf("points") + sumOf("account");
  const document = ticketOf({
    order,
    tenders,
    shiftId: shift.id,
    customerReference: reference,
    training: register.training,
    bills: billsIn(command),
  });
  const place = await writeTicketEntry(ctx, register, { kind, commandId: command.id, at, operatorId: operator.id, document });
  await sql`
    insert into till.sale (command_id, order_id, shift_id, register_id, chain, seq, number, kind, at, total, cash, card, stored, rounding, tip, tip_cash,
                           customer_reference, receipt_hash, table_name)
    values (${command.id}, ${orderId}, ${shift.id}, ${register.id}, ${place.chain}, ${place.seq}, ${place.number}, ${kind}, ${at}, ${cash + card + stored}, ${cash}, ${card}, ${stored},
            ${rounding}, ${tips.all}, ${tips.cash}, ${reference}, ${register.training ? null : receiptHashOf(command)},
            (select table_name from till.tab where cart_id = ${ticketIdOf(command)}))`.execute(ctx.db);
  if (order.order.record_id)
    await ctx.db.insertInto("till.document_customer").values({ reference, record_id: order.order.record_id }).execute();
  if (cash !== 0) await writeCash(ctx, shift, { id: command.id, kind: "sale", amount: cash, at, operatorId: operator.id, orderId });
  await writeRounding(ctx, shift, rounding, { at, operatorId: operator.id, orderId });
  await writeTip(ctx, shift, tips.cash, { at, operatorId: operator.id, orderId });
  await tellTicket(ctx, register, { shiftId: shift.id, orderId, number: place.number });
  return place.number;
}
