import type { TillCommand } from "@weft/contracts";
import { asId, err, ok, type CodedError, type Id, type OrderId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { saleActorOf } from "../../checkout/index.ts";
import { readOrder } from "../../orders/index.ts";
import { nameReceipt, takeReturn, toUnits, type ReturnId, type TakenReturn, type WantedReturn } from "../../returns/index.ts";
import { publish } from "../../../platform/index.ts";
import { ReturnLost } from "../events.ts";
import { writeTicketEntry } from "../journal.ts";
import type { KnownShift } from "../queries/shifts.ts";
import type { CommandContext, Done } from "./context.ts";
import { coverReturn } from "./covered.ts";
import { returnTicketOf } from "./return-ticket.ts";
import { standingShift, writeCash, writeRounding } from "./shifts.ts";
import { tellTicket } from "./ticket.ts";

type Command = Extract<TillCommand, { kind: "return.take" }>;
type Body = Command["body"];
type Happened = NonNullable<Body["happened"]>;
type Act = CommandContext & { readonly command: Command & { readonly body: Body & { readonly happened: Happened } } };

/** Whether a register took goods back by itself, and what it gave for them. */
export function hasHappened<T extends CommandContext & { readonly command: Command }>(act: T): act is T & Act {
  return act.command.body.happened !== undefined;
}

/**
 * Goods came back at the register while the hub could not be reached [TIL-51]: what it gave is given, so its ticket and its drawer say that, whatever
 * is left of the order. What can still be booked is booked by the rules of returns, as of then; what came back twice is a loss that is named, and a
 * task. Errors: the shift's, those of `takeReturn`; `till.refund_differs` where the order was not paid as the register says.
 */
export async function recordReturn(act: Act): Promise<Result<Done, CodedError>> {
  const { ctx, register, command } = act;
  const { body } = command;
  const shift = await standingShift(ctx, register, body.shiftId);
  if (!shift.ok) return shift;
  const order = await readOrder(ctx, asId<OrderId>(body.orderId));
  if (!order) return err({ code: "order.unknown" });
  const taken = await takeWhatIsLeft(act, { ...body, refundTo: body.happened.refund === "cash" ? "tender" : "store_credit" });
  if (!taken.ok) return taken;
  if (taken.value?.refunds.some(({ kind }) => kind !== body.happened.refund)) return err({ code: "till.refund_differs" });
  const lost = body.happened.total - (taken.value?.plan.total ?? 0);
  const number = await writeTicket(act, { shift: shift.value, taken: taken.value, lost, recordId: order.order.record_id });
  if (taken.value && number !== null) await nameReceipt(ctx, taken.value.id, number);
  const about = { orderId: body.orderId, currency: order.order.currency };
  if (cameTwice(body.lines, taken.value)) await tellLost(act, { ...about, returnId: body.returnId, amount: lost });
  await coverReturn(act, { ...about, amount: body.happened.total, passed: taken.value?.outside ?? null, said: body.happened.late });
  return ok({ orderId: body.orderId, receiptNumber: number });
}

type Brought = Pick<Body, "returnId" | "orderId" | "lines"> & Pick<WantedReturn, "refundTo" | "exchangeFor">;

/** What of goods that a register took back by itself did not come back elsewhere since; null where all of it did. Errors: those of `takeReturn`. */
export async function takeWhatIsLeft(
  { ctx, register, at }: CommandContext,
  { returnId, orderId, lines, ...money }: Brought,
): Promise<Result<TakenReturn | null, CodedError>> {
  const actor = saleActorOf(ctx, register.channelId);
  if (!actor) return err({ code: "till.register_unknown" });
  // Judged and dated by when it happened; a clock that is ahead writes nothing into the future.
  const then = { ...ctx, now: at < ctx.now ? at : ctx.now };
  const taken = await takeReturn(then, {
    ...money,
    id: asId<ReturnId>(returnId),
    orderId: asId<OrderId>(orderId),
    placeId: register.placeId,
    channelId: actor.channelId,
    units: toUnits(lines),
    hasDrawer: true,
    hasHappened: true,
  });
  return !taken.ok && taken.error.code === "return.nothing_left" ? ok(null) : taken;
}

/**
 * Whether units had come back before at another counter. Without any the register may still have given a cent more or less than is booked: it did not
 * know which share of a line was next. Its ticket says so, and nobody has to look into it.
 */
export function cameTwice(brought: readonly { readonly quantity: number }[], taken: TakenReturn | null): boolean {
  const sum = (units: readonly { readonly quantity: number }[]) => units.reduce((all, { quantity }) => all + quantity, 0);
  return sum(brought) > sum(taken?.plan.units ?? []);
}

type Lost = { readonly orderId: string; readonly returnId: string; readonly amount: number; readonly currency: string };

/** What was given for goods that had come back before is the house's loss, and a task. */
export async function tellLost({ ctx, register: { id: registerId, placeId } }: CommandContext, lost: Lost): Promise<void> {
  if (lost.amount > 0) await publish(ctx, ReturnLost, `register/${registerId}`, { registerId, placeId, ...lost });
}

type Ticket = {
  readonly shift: KnownShift;
  readonly taken: TakenReturn | null;
  readonly lost: number;
  readonly recordId: RecordId | null;
};

/** The ticket at the register's own figures: its journal entry, its number, and what left the drawer. */
async function writeTicket(act: Act, { shift, taken, lost, recordId }: Ticket): Promise<string | null> {
  const { ctx, register, command, at, operator } = act;
  const { body } = command;
  const { refund, total, rounding = 0 } = body.happened;
  const reference = ctx.newId<Id<"document customer">>();
  const isCash = refund === "cash";
  const document = documentOf(act, { shift, taken, lost, rounding, reference });
  const place = await writeTicketEntry(ctx, register, { kind: "return", commandId: command.id, at, operatorId: operator.id, document });
  const given = 0 - total;
  await sql`
    insert into till.sale (command_id, order_id, shift_id, register_id, chain, seq, number, kind, at, total, cash, card, stored, rounding, lost,
                           customer_reference, return_id)
    values (${command.id}, ${body.orderId}, ${shift.id}, ${register.id}, ${place.chain}, ${place.seq}, ${place.number}, 'return', ${at}, ${given},
            ${isCash ? given : 0}, 0, ${isCash ? 0 : given}, ${rounding}, ${lost}, ${reference}, ${body.returnId})`.execute(ctx.db);
  if (recordId) await ctx.db.insertInto("till.document_customer").values({ reference, record_id: recordId }).execute();
  const noted = { at, operatorId: operator.id, orderId: asId<OrderId>(body.orderId) };
  if (isCash && total !== 0) await writeCash(ctx, shift, { id: command.id, kind: "return", amount: given, ...noted });
  await writeRounding(ctx, shift, rounding, noted);
  await tellTicket(ctx, register, { shiftId: shift.id, orderId: body.orderId, number: place.number });
  return place.number;
}

type Documented = Omit<Ticket, "recordId"> & { readonly rounding: number; readonly reference: Id<"document customer"> };

/** As the journal keeps a return [JRN-6], with what the register gave for it. */
function documentOf(
  { register, command }: Act,
  { shift, taken, lost, rounding, reference }: Documented,
): Readonly<Record<string, unknown>> {
  const { happened, orderId, returnId } = command.body;
  const common = { shiftId: shift.id, customerReference: reference, training: register.training };
  const known = taken ? returnTicketOf({ taken, ...common, rounding }) : { ...common, returnId, orderId, orderNumber: null, lines: [] };
  return {
    ...known,
    currency: shift.currency,
    total: 0 - happened.total,
    taxes: happened.taxes.map(({ rate, net, tax, gross }) => ({
      rate: `${rate.numerator}/${rate.denominator}`,
      net: 0 - net,
      tax: 0 - tax,
      gross: 0 - gross,
    })),
    tenders: [{ kind: happened.refund, state: "refunded", amount: 0 - happened.total, ...(rounding !== 0 && { rounding }) }],
    // What was given beyond what is booked: of goods that had come back before at another counter; below zero a cent of a share.
    ...(lost !== 0 && { lost }),
    ...(happened.late && { late: happened.late }),
  };
}
