import type { TillCommand } from "@weft/contracts";
import { err, ok, wallClock, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { cashRounding } from "../../payments/index.ts";
import { documentPlace, placesSnapshot } from "../../places/index.ts";
import { depositIn, pricingSnapshot, reduceRatio, splitTax, roundingPolicyFor, taxRateFor, type Ratio } from "../../pricing/index.ts";
import type { TillError } from "../errors.ts";
import { writeTicketEntry } from "../journal.ts";
import type { KnownShift } from "../queries/shifts.ts";
import type { CommandContext, Done } from "./context.ts";
import { cashStepAt, standingShift, writeCash, writeRounding } from "./shifts.ts";

type Act = CommandContext & { readonly command: Extract<TillCommand, { kind: "deposit.give_back" }> };

/** A deposit that goes back, as its ticket and the books keep it; amounts in minor units with the tax inside. */
type Returned = {
  readonly code: string;
  readonly name: unknown;
  readonly quantity: number;
  readonly each: number;
  readonly total: number;
  readonly rate: Ratio;
};

/**
 * Empties come back without what they were bought with: their deposits are given back in cash, on a ticket of their own with negative amounts
 * [TIL-14]. What was given already is booked as it was. Errors: the shift's; `till.deposit_unknown`, `till.deposit_changed`.
 */
export async function giveDepositsBack(act: Act): Promise<Result<Done, TillError>> {
  const { ctx, register, command } = act;
  const shift = await standingShift(ctx, register, command.body.shiftId);
  if (!shift.ok) return shift;
  const lines = await returnedLines(act, shift.value);
  return lines.ok ? ok({ receiptNumber: await writeEmpties(act, shift.value, lines.value) }) : lines;
}

/** What each deposit is here now, or what was told where it was given already, and the rate that it bears by itself. */
async function returnedLines({ ctx, register, command, at, mode }: Act, { currency }: KnownShift): Promise<Result<Returned[], TillError>> {
  const pricing = await ctx.snapshots.current(pricingSnapshot);
  const { entities } = await ctx.snapshots.current(placesSnapshot);
  const country = entities.get(register.entityId)?.country ?? "";
  const place = await documentPlace(ctx, register.placeId);
  const { date } = wallClock(at, place?.timeZone ?? "UTC");
  const returned: Returned[] = [];
  for (const { code, quantity, each } of command.body.lines) {
    const deposit = pricing.depositCodes.get(code);
    const set = deposit && depositIn(deposit, country, currency);
    if (!deposit || !set) return err({ code: "till.deposit_unknown", deposit: code });
    if (mode === "live" && set.amount !== each) return err({ code: "till.deposit_changed", deposit: code, each: set.amount });
    const taxed = { country, placeId: register.placeId, taxClass: set.taxClass, context: "take_away", date } as const;
    const rate = reduceRatio(taxRateFor(pricing, taxed) ?? { numerator: 0, denominator: 1 });
    returned.push({ code, name: deposit.name, quantity, each, total: quantity * each, rate });
  }
  return ok(returned);
}

/** The ticket: its journal entry with negative amounts, its number, and what left the drawer. */
async function writeEmpties(act: Act, shift: KnownShift, lines: readonly Returned[]): Promise<string | null> {
  const { ctx, register, command, at, operator } = act;
  const total = lines.reduce((sum, line) => sum + line.total, 0);
  const rounding = -cashRounding(total, await cashStepAt(ctx, register.placeId));
  const taxes = await taxesOf(act, lines);
  const document = {
    shiftId: shift.id,
    training: register.training,
    currency: shift.currency,
    lines: lines.map(({ rate, quantity, total: worth, ...line }) => ({
      ...line,
      quantity: -quantity,
      total: -worth,
      rate: `${rate.numerator}/${rate.denominator}`,
    })),
    total: -total,
    taxes,
    tenders: [{ kind: "cash", state: "refunded", amount: -total, ...(rounding !== 0 && { rounding }) }],
  };
  const place = await writeTicketEntry(ctx, register, { kind: "empties", commandId: command.id, at, operatorId: operator.id, document });
  const kept = lines.map(({ code, quantity, each, total: worth }) => ({ code, quantity, each, total: worth }));
  await sql`
    insert into till.empties (command_id, shift_id, register_id, chain, seq, number, at, lines, total, rounding, currency,
                              entity_id, place_id, channel_id, business_date, time_zone)
    select ${command.id}, id, register_id, ${place.chain}, ${place.seq}, ${place.number}, ${at}, ${JSON.stringify(kept)}::jsonb, ${total}, ${rounding}, currency,
           entity_id, place_id, channel_id, business_date, time_zone from till.shift where id = ${shift.id}`.execute(ctx.db);
  await writeCash(ctx, shift, { id: command.id, kind: "deposit", amount: -total, at, operatorId: operator.id });
  await writeRounding(ctx, shift, rounding, { at, operatorId: operator.id });
  return place.number;
}

/** By rate, as negative amounts that add up to the ticket. */
async function taxesOf({ ctx, register }: Act, lines: readonly Returned[]) {
  const pricing = await ctx.snapshots.current(pricingSnapshot);
  const country = (await ctx.snapshots.current(placesSnapshot)).entities.get(register.entityId)?.country ?? "";
  const policy = roundingPolicyFor(pricing, { country, entityId: register.entityId });
  const { rates } = splitTax(
    lines.map(({ total: amount, rate }) => ({ amount, rate, country })),
    true,
    policy,
  );
  return rates.map(({ rate, net, tax, gross }) => ({
    rate: `${rate.numerator}/${rate.denominator}`,
    net: 0 - net,
    tax: 0 - tax,
    gross: 0 - gross,
  }));
}
