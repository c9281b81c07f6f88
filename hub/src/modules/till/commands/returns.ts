import type { TillCommand } from "@weft/contracts";
import {
  asId,
  asIdOrNull,
  err,
  ok,
  type ChannelId,
  type CodedError,
  type Id,
  type OrderId,
  type RecordId,
  type Result,
} from "@weft/kernel";
import { sql } from "kysely";
import { saleActorOf } from "../../checkout/index.ts";
import { nameReceipt, takeAnnounced, toUnits, type RequestId, type ReturnId, type TakenReturn } from "../../returns/index.ts";
import { recordForTill } from "../../customers/index.ts";
import { cashRounding, type ValueKind } from "../../payments/index.ts";
import { writeTicketEntry } from "../journal.ts";
import type { KnownShift } from "../queries/shifts.ts";
import type { CommandContext, Done } from "./context.ts";
import { hasHappened, recordReturn } from "./record-return.ts";
import { returnTicketOf } from "./return-ticket.ts";
import { cashStepAt, standingShift, writeCash, writeRounding } from "./shifts.ts";
import { tellTicket } from "./ticket.ts";

type Act = CommandContext & { readonly command: Extract<TillCommand, { kind: "return.take" }> };

/**
 * Goods of an order come back at the register: order, stock, money, points and the ticket in one transaction [TIL-12]; cash leaves the drawer.
 * Errors: the shift's and those of `takeReturn`; `till.register_unknown` without a channel.
 */
export async function takeReturnHere(act: Act): Promise<Result<Done, CodedError>> {
  if (hasHappened(act)) return recordReturn(act);
  const { ctx, register, command } = act;
  const shift = await standingShift(ctx, register, command.body.shiftId);
  if (!shift.ok) return shift;
  const actor = saleActorOf(ctx, register.channelId);
  if (!actor) return err({ code: "till.register_unknown" });
  const taken = await takeHere(act, actor.channelId);
  if (!taken.ok) return taken;
  const number = await writeReturnTicket(act, shift.value, taken.value);
  if (number !== null) await nameReceipt(ctx, taken.value.id, number);
  return ok({ orderId: command.body.orderId, receiptNumber: number });
}

/** Errors: those of `takeAnnounced`, `cart.customer_not_opened`. */
async function takeHere({ ctx, register, command: { body } }: Act, channelId: ChannelId): Promise<Result<TakenReturn, CodedError>> {
  const creditTo = body.creditTo === undefined ? null : await creditedTo(ctx, body.creditTo);
  if (creditTo && !creditTo.ok) return creditTo;
  return takeAnnounced(ctx, asIdOrNull<RequestId>(body.requestId), {
    id: asId<ReturnId>(body.returnId),
    orderId: asId<OrderId>(body.orderId),
    placeId: register.placeId,
    channelId,
    units: toUnits(body.lines),
    hasDrawer: true,
    refundTo: body.refundTo,
    ...(creditTo && { creditTo: creditTo.value }),
  });
}

/** The record of the customer whom this till serves, and who is to have the store credit of a present [RET-16]. Errors: `customer.unknown`. */
async function creditedTo(ctx: Act["ctx"], customerId: string): Promise<Result<RecordId, CodedError>> {
  const recordId = await recordForTill(ctx, customerId);
  return recordId ? ok(recordId) : err({ code: "cart.customer_not_opened", customerId });
}

/** The ticket: its journal entry with negative amounts, its number, and what left the drawer. */
async function writeReturnTicket(act: Act, shift: KnownShift, taken: TakenReturn): Promise<string | null> {
  const { ctx, register, command, at, operator } = act;
  const { order } = taken.entry;
  const reference = ctx.newId<Id<"document customer">>();
  const backTo = (kind: "cash" | "card" | "account" | "points" | ValueKind) =>
    -taken.refunds.reduce((sum, part) => (part.kind === kind ? sum + part.amount : sum), 0);
  const [cash, card] = [backTo("cash"), backTo("card")];
  const rounding = -cashRounding(-cash, await cashStepAt(ctx, register.placeId));
  const stored = backTo("store_credit") + backTo("gift_card") + backTo("points") + backTo("account");
  const document = returnTicketOf({ taken, shiftId: shift.id, customerReference: reference, training: register.training, rounding });
  const place = await writeTicketEntry(ctx, register, { kind: "return", commandId: command.id, at, operatorId: operator.id, document });
  await sql`
    insert into till.sale (command_id, order_id, shift_id, register_id, chain, seq, number, kind, at, total, cash, card, stored, rounding, customer_reference, return_id)
    values (${command.id}, ${order.id}, ${shift.id}, ${register.id}, ${place.chain}, ${place.seq}, ${place.number}, 'return', ${at}, ${cash + card + stored}, ${cash}, ${card},
            ${stored}, ${rounding}, ${reference}, ${taken.id})`.execute(ctx.db);
  if (order.record_id) await ctx.db.insertInto("till.document_customer").values({ reference, record_id: order.record_id }).execute();
  if (cash !== 0)
    await writeCash(ctx, shift, { id: command.id, kind: "return", amount: cash, at, operatorId: operator.id, orderId: order.id });
  await writeRounding(ctx, shift, rounding, { at, operatorId: operator.id, orderId: order.id });
  await tellTicket(ctx, register, { shiftId: shift.id, orderId: order.id, number: place.number });
  return place.number;
}
