import type { TillCommand } from "@weft/contracts";
import { asId, err, ok, type CodedError, type Id, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { saleActorOf } from "../../checkout/index.ts";
import { nameReceipt, takeUnproven, type ReturnId, type TakenUnproven } from "../../returns/index.ts";
import { writeTicketEntry } from "../journal.ts";
import type { KnownShift } from "../queries/shifts.ts";
import type { CommandContext, Done } from "./context.ts";
import { standingShift } from "./shifts.ts";

type Act = CommandContext & { readonly command: Extract<TillCommand, { kind: "return.take_unproven" }> };

/**
 * Goods come back at the register without any proof: stock, store credit and a ticket of their own in one transaction [TIL-17]; nothing leaves the
 * drawer. Errors: the shift's and those of `takeUnproven`; `till.register_unknown` without a channel.
 */
export async function takeUnprovenHere(act: Act): Promise<Result<Done, CodedError>> {
  const { ctx, deps, register, command } = act;
  const { returnId, customerId, lines, expectedTotal, approval, shiftId } = command.body;
  const shift = await standingShift(ctx, register, shiftId);
  if (!shift.ok) return shift;
  const actor = saleActorOf(ctx, register.channelId);
  if (!actor) return err({ code: "till.register_unknown" });
  const wanted = { customerId, placeId: register.placeId, channelId: actor.channelId, units: lines, expectedTotal, approval };
  const taken = await takeUnproven(ctx, deps.vault, { id: asId<ReturnId>(returnId), ...wanted });
  if (!taken.ok) return taken;
  const number = await writeUnprovenTicket(act, shift.value, taken.value);
  if (number !== null) await nameReceipt(ctx, taken.value.id, number);
  return ok({ receiptNumber: number });
}

/** The ticket: its journal entry with negative amounts, its number, and whose it is. */
async function writeUnprovenTicket(
  { ctx, register, command, at, operator }: Act,
  shift: KnownShift,
  taken: TakenUnproven,
): Promise<string | null> {
  const reference = ctx.newId<Id<"document customer">>();
  const document = { ...documentOf(taken), shiftId: shift.id, training: register.training, customerReference: reference };
  const place = await writeTicketEntry(ctx, register, { kind: "return", commandId: command.id, at, operatorId: operator.id, document });
  await sql`
    insert into till.sale (command_id, order_id, shift_id, register_id, chain, seq, number, kind, at, total, cash, card, stored, customer_reference, return_id)
    values (${command.id}, null, ${shift.id}, ${register.id}, ${place.chain}, ${place.seq}, ${place.number}, 'return', ${at}, ${-taken.total}, 0, 0, ${-taken.total},
            ${reference}, ${taken.id})`.execute(ctx.db);
  await ctx.db.insertInto("till.document_customer").values({ reference, record_id: taken.recordId }).execute();
  return place.number;
}

/** As the journal keeps a return [JRN-6], without an order. */
function documentOf({ id, currency, lines, total, taxes, taxIncluded }: TakenUnproven): Readonly<Record<string, unknown>> {
  return {
    returnId: id,
    proof: null,
    currency,
    lines: lines.map((line) => ({
      sku: line.sku,
      name: line.name,
      options: line.options,
      quantity: -line.quantity,
      unit: line.unit,
      unitPrice: line.unit_price,
      net: 0 - (line.total - line.tax),
      tax: 0 - line.tax,
      total: 0 - line.total,
      rate: rateText(line.tax_rate),
      reason: line.reason,
      disposition: line.disposition,
    })),
    taxIncluded,
    total: 0 - total,
    taxes: taxes.map(({ rate, net, tax, gross }) => ({ rate: rateText(rate), net: 0 - net, tax: 0 - tax, gross: 0 - gross })),
    tenders: [{ kind: "store_credit", state: "refunded", amount: 0 - total }],
  };
}

const rateText = ({ numerator, denominator }: { numerator: number; denominator: number }): string => `${numerator}/${denominator}`;
