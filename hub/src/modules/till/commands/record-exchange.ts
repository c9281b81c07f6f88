import type { TillCommand } from "@weft/contracts";
import { asId, err, ok, type CodedError, type Id, type OrderId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { readOrder } from "../../orders/index.ts";
import { tendersOf, type TenderRow } from "../../payments/index.ts";
import { nameExchange, nameReceipt, type TakenReturn } from "../../returns/index.ts";
import { writeTicketEntry } from "../journal.ts";
import { roundedIn } from "../domain/index.ts";
import type { KnownShift } from "../queries/shifts.ts";
import type { CommandContext, Done } from "./context.ts";
import { coverReturn } from "./covered.ts";
import { cameTwice, takeWhatIsLeft, tellLost } from "./record-return.ts";
import { bookSale } from "./record-sale.ts";
import { returnTicketOf } from "./return-ticket.ts";
import { standingShift, writeCash, writeRounding } from "./shifts.ts";
import { tellTicket, tenderOf, ticketOf } from "./ticket.ts";

type Act = CommandContext & { readonly command: Extract<TillCommand, { kind: "exchange.record" }> };

/**
 * Goods came back at the register and others went out for them while the hub could not be reached [TIL-55]: one ticket at the register's own figures, and
 * only the difference in its drawer. What came back pays for what went out as by an exchange that is asked for; what had come back before at another
 * counter pays nothing there, so that much of the sale was paid in cash that the house had given: a loss that is named, and a task. Errors: the shift's,
 * those of `takeReturn` and of a recorded sale, `payment.no_tip`; `till.refund_differs` where the order was not paid as the register says.
 */
export async function recordExchange(act: Act): Promise<Result<Done, CodedError>> {
  const { ctx, register, command } = act;
  const { body } = command;
  const shift = await standingShift(ctx, register, body.shiftId);
  if (!shift.ok) return shift;
  if (body.sale.tenders.some((tender) => "tip" in tender && (tender.tip ?? 0) > 0)) return err({ code: "payment.no_tip" });
  const first = await readOrder(ctx, asId<OrderId>(body.orderId));
  if (!first) return err({ code: "order.unknown" });
  const taken = await takeWhatIsLeft(act, { ...body, refundTo: "tender", exchangeFor: paysFor(body) });
  if (!taken.ok) return taken;
  const lost = body.total - (taken.value?.plan.total ?? 0);
  if (taken.value && !isMoney(taken.value, -lost)) return err({ code: "till.refund_differs" });
  const moved = taken.value?.moved ?? [];
  const short = paysFor(body) - moved.reduce((sum, { amount }) => sum + amount, 0);
  const more = short > 0 ? [{ kind: "cash", amount: short, received: short } as const] : [];
  const sold = await bookSale({ ...act, body: body.sale }, { moved, more });
  if (!sold.ok) return sold;
  if (taken.value) await nameExchange(ctx, taken.value.id, sold.value.orderId);
  const number = await writeTicket(act, { shift: shift.value, taken: taken.value, lost, orderId: sold.value.orderId });
  if (taken.value && number !== null) await nameReceipt(ctx, taken.value.id, number);
  const about = { orderId: body.orderId, currency: first.order.currency };
  if (cameTwice(body.lines, taken.value)) await tellLost(act, { ...about, returnId: body.returnId, amount: lost });
  await coverReturn(act, { ...about, amount: body.total, passed: taken.value?.outside ?? null, said: body.late });
  return ok({ orderId: sold.value.orderId, receiptNumber: number });
}

/** What of the goods that came back pays for those that went out, as the register counted it. */
const paysFor = ({ total, sale }: Act["command"]["body"]): number => Math.min(sale.total.amount, total);

/** Whether money moved on, and the rest went back in cash: a register knows of nothing else. `more`: cents of shares that it did not know of go where they came from. */
const isMoney = ({ refunds, again }: TakenReturn, more: number): boolean =>
  again.length === 0 && refunds.every(({ kind, amount }) => kind === "exchange" || kind === "cash" || amount <= more);

type Ticket = {
  readonly shift: KnownShift;
  readonly taken: TakenReturn | null;
  readonly lost: number;
  readonly orderId: OrderId;
};

/** One ticket for both at the register's own figures: its journal entry, its number, and the difference in the drawer. */
async function writeTicket(act: Act, { shift, taken, lost, orderId }: Ticket): Promise<string | null> {
  const { ctx, register, command, at, operator } = act;
  const { body } = command;
  const order = await readOrder(ctx, orderId);
  if (!order) throw new Error(`order ${orderId} was just placed and is not there`);
  const given = Math.max(0, body.total - body.sale.total.amount);
  // What the register took for the difference, and not what came back or what the house had given for it.
  const paid = paidHere(await tendersOf(ctx, [orderId]), body.sale.tenders);
  const sumOf = (...kinds: readonly string[]) => paid.reduce((sum, { kind, amount }) => (kinds.includes(kind) ? sum + amount : sum), 0);
  const [cash, card, stored] = [sumOf("cash") - given, sumOf("card"), sumOf("gift_card", "points")];
  const rounding = given > 0 ? (body.rounding ?? 0) : roundedIn(paid);
  const reference = ctx.newId<Id<"document customer">>();
  const head = { shiftId: shift.id, customerReference: reference, training: register.training };
  const document = {
    ...ticketOf({ ...head, order, tenders: paid }),
    cameBack: cameBackOf(act, taken, head),
    difference: body.sale.total.amount - body.total,
    tenders: [...paid.map(tenderOf), ...(given > 0 ? [{ kind: "cash", state: "refunded", amount: -given }] : [])],
    ...(rounding !== 0 && { cashRounding: rounding }),
    ...(lost !== 0 && { lost }),
    ...(body.late && { late: body.late }),
  };
  const place = await writeTicketEntry(ctx, register, { kind: "exchange", commandId: command.id, at, operatorId: operator.id, document });
  await sql`
    insert into till.sale (command_id, order_id, shift_id, register_id, chain, seq, number, kind, at, total, cash, card, stored, rounding, lost,
                           customer_reference, return_id)
    values (${command.id}, ${orderId}, ${shift.id}, ${register.id}, ${place.chain}, ${place.seq}, ${place.number}, 'exchange', ${at}, ${cash + card + stored},
            ${cash}, ${card}, ${stored}, ${rounding}, ${lost}, ${reference}, ${body.returnId})`.execute(ctx.db);
  const recordId = order.order.record_id;
  if (recordId) await ctx.db.insertInto("till.document_customer").values({ reference, record_id: recordId }).execute();
  const noted = { at, operatorId: operator.id, orderId };
  if (cash !== 0) await writeCash(ctx, shift, { id: command.id, kind: cash > 0 ? "sale" : "return", amount: cash, ...noted });
  await writeRounding(ctx, shift, rounding, noted);
  await tellTicket(ctx, register, { shiftId: shift.id, orderId, number: place.number });
  return place.number;
}

/** The tenders of the order that the register took itself, one for one. */
function paidHere(rows: readonly TenderRow[], said: Act["command"]["body"]["sale"]["tenders"]): TenderRow[] {
  const left = [...rows];
  return said.flatMap(({ kind, amount }) => {
    const index = left.findIndex((row) => row.kind === kind && row.amount === amount);
    return index < 0 ? [] : left.splice(index, 1);
  });
}

/** What came back, as a ticket of a return says it. */
function cameBackOf({ command }: Act, taken: TakenReturn | null, head: Omit<Parameters<typeof returnTicketOf>[0], "taken">) {
  const { returnId, orderId, total, taxes } = command.body;
  const known = taken ? returnTicketOf({ ...head, taken }) : { orderNumber: null, lines: [] };
  return {
    orderNumber: known["orderNumber"],
    orderId,
    returnId,
    lines: known["lines"],
    taxes: taxes.map(({ rate, net, tax, gross }) => ({
      rate: `${rate.numerator}/${rate.denominator}`,
      net: 0 - net,
      tax: 0 - tax,
      gross: 0 - gross,
    })),
    total: 0 - total,
  };
}
