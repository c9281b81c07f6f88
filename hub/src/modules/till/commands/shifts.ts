import type { TillCommand } from "@weft/contracts";
import { businessDate, err, ok, type Id, type PlaceId, type Result, type ShiftId } from "@weft/kernel";
import { sql } from "kysely";
import { documentPlace, placeOf } from "../../places/index.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import { sumOfCount } from "../domain/index.ts";
import type { TillError } from "../errors.ts";
import { ShiftClosed, ShiftOpened } from "../events.ts";
import { writeLog } from "../journal.ts";
import { readShift, type KnownShift } from "../queries/shifts.ts";
import type { KnownRegister } from "../queries/registers.ts";
import type { CommandContext, Done } from "./context.ts";
import { joinDrawer, lockDrawer, settleDrawer, type Told } from "./drawers.ts";

type Act<Kind extends TillCommand["kind"]> = CommandContext & { readonly command: Extract<TillCommand, { kind: Kind }> };
type Answer = Promise<Result<Done, TillError>>;

/**
 * Opens a shift with its float [TIL-3]. On a drawer where others are at work nothing is put in: what was counted there is the float [TIL-60].
 * Errors: `till.shift_open`. Publishes `till.shift_opened.v1`.
 */
export async function openShift({ ctx, register, command, at, operator }: Omit<Act<"shift.open">, "deps" | "mode">): Answer {
  const open = await openShiftOf(ctx, register);
  if (open) return err({ code: "till.shift_open", shiftId: open.id });
  const place = await documentPlace(ctx, register.placeId);
  if (!place) return err({ code: "till.other_place" });
  const id = command.body.shiftId as ShiftId; // an id by the contract
  const { float: found, joins = false } = command.body;
  const float = sumOfCount(found.lines);
  const date = businessDate(at, place.timeZone, place.dayEnd);
  const { drawerShiftId, joined, told } = await joinDrawer(ctx, register, { shiftId: id, at, date, count: joins ? null : found.lines });
  await ctx.db
    .insertInto("till.shift")
    .values({
      id,
      register_id: register.id,
      drawer_shift_id: drawerShiftId,
      joined: joins,
      entity_id: place.entityId,
      place_id: place.placeId,
      channel_id: register.channelId ?? ctx.actor.channelId,
      business_date: date,
      time_zone: place.timeZone,
      currency: place.currency,
      opened_at: at,
      opened_by: operator.id,
      opened_by_name: operator.name,
      float_amount: float,
    })
    .execute();
  const shift = await mustReadShift(ctx, id);
  if (!joined) await writeCash(ctx, shift, { id: command.id, kind: "float", amount: float, at, operatorId: operator.id });
  await writeLog(ctx, register, {
    kind: command.kind,
    commandId: command.id,
    at,
    operatorId: operator.id,
    document: { shiftId: id, float, count: found.lines, currency: place.currency, ...(joined && { drawer: drawerShiftId }) },
  });
  if (told) await tellAgain(ctx, register, told);
  await publish(ctx, ShiftOpened, `register/${register.id}`, {
    registerId: register.id,
    placeId: place.placeId,
    shiftId: id,
    businessDate: date,
  });
  return ok({ shift: (await mustReadShift(ctx, id)).view });
}

/**
 * Closes a shift with a blind count [TIL-4]: expected and difference are told with the answer, not before. Who leaves the drawer to others
 * counts nothing, and a count is held against what all of them did once the last one has left [TIL-62].
 * Errors: `till.shift_unknown`, `till.shift_closed`. Publishes `till.shift_closed.v1`.
 */
export async function closeShift({ ctx, register, command, at, operator }: Act<"shift.close">): Answer {
  const found = await standingShift(ctx, register, command.body.shiftId);
  if (!found.ok) return found;
  const { id, drawerShiftId, drawerId } = found.value;
  const count = command.body.count?.lines ?? null;
  const counted = count && sumOfCount(count);
  await lockDrawer(ctx, drawerId);
  await ctx.db
    .updateTable("till.shift")
    .set({
      closed_at: at,
      closed_by: operator.id,
      closed_by_name: operator.name,
      counted_lines: count && JSON.stringify(count),
      counted,
    })
    .where("id", "=", id)
    .execute();
  const told = await settleDrawer(ctx, drawerShiftId);
  const shift = await mustReadShift(ctx, id);
  const isOwn = told?.shiftId === id;
  const { businessDate: date, sales, returns, rounding, empties, tips } = shift.view;
  await writeLog(ctx, register, {
    kind: command.kind,
    commandId: command.id,
    at,
    operatorId: operator.id,
    document: {
      shiftId: shift.id,
      businessDate: date,
      currency: shift.currency,
      count,
      expected: isOwn ? told.expected : null,
      counted,
      ...(shift.view.drawer.registers.length > 1 && { drawer: drawerShiftId }),
      sales,
      returns,
      rounding,
      empties,
      // By amounts only: the journal names nobody, and each ticket says who took its tip.
      ...(tips.total.amount > 0 && { tips: { total: tips.total, cash: tips.cash } }),
      taxes: await taxesOf(ctx, shift.id),
    },
  });
  await publish(ctx, ShiftClosed, `register/${register.id}`, {
    registerId: register.id,
    placeId: register.placeId,
    shiftId: shift.id,
    businessDate: date,
    difference: isOwn ? told.difference : null,
    currency: shift.currency,
    training: register.training,
  });
  if (told && !isOwn) await tellAgain(ctx, register, told);
  return ok({ shift: shift.view });
}

/** A count of another shift of the drawer is held against what is known by now [TIL-62]. Publishes `till.shift_closed.v1`. */
async function tellAgain(ctx: Ctx, { training }: KnownRegister, { shiftId, registerId, difference }: Told): Promise<void> {
  const { placeId, currency, view } = await mustReadShift(ctx, shiftId);
  const { businessDate: date } = view;
  await publish(ctx, ShiftClosed, `register/${registerId}`, {
    registerId,
    placeId,
    shiftId,
    businessDate: date,
    difference,
    currency,
    training,
    again: true,
  });
}

/** Cash put in or taken out, with its reason. Errors: `till.shift_unknown`, `till.shift_closed`. */
export async function moveCash({ ctx, register, command, at, operator }: Act<"cash.move">): Answer {
  const found = await standingShift(ctx, register, command.body.shiftId);
  if (!found.ok) return found;
  const { direction, amount, reason } = command.body;
  const signed = direction === "in" ? amount : -amount;
  await writeCash(ctx, found.value, { id: command.id, kind: direction, amount: signed, reason, at, operatorId: operator.id });
  await writeLog(ctx, register, {
    kind: command.kind,
    commandId: command.id,
    at,
    operatorId: operator.id,
    document: { shiftId: found.value.id, amount: signed, currency: found.value.currency, reason },
  });
  return ok({});
}

/** The drawer was opened without a sale. Errors: `till.shift_unknown`, `till.shift_closed`. */
export async function openDrawer({ ctx, register, command, at, operator }: Act<"drawer.open">): Answer {
  const found = await standingShift(ctx, register, command.body.shiftId);
  if (!found.ok) return found;
  const { reason } = command.body;
  await writeCash(ctx, found.value, { id: command.id, kind: "drawer", amount: 0, reason, at, operatorId: operator.id });
  await writeLog(ctx, register, {
    kind: command.kind,
    commandId: command.id,
    at,
    operatorId: operator.id,
    document: { shiftId: found.value.id, reason },
  });
  return ok({});
}

/** The shift that a command names, open at this register. Errors: `till.shift_unknown`, `till.shift_closed`. */
export async function standingShift(ctx: Ctx, register: KnownRegister, shiftId: string): Promise<Result<KnownShift, TillError>> {
  const shift = await readShift(ctx, shiftId as ShiftId); // an id by the contract
  if (!shift || shift.registerId !== register.id) return err({ code: "till.shift_unknown" });
  return shift.view.closedAt === null ? ok(shift) : err({ code: "till.shift_closed" });
}

/** Keeps what moved the drawer; `amount` is signed. */
export async function writeCash(
  ctx: Ctx,
  shift: KnownShift,
  event: {
    readonly id: string;
    readonly kind: "float" | "sale" | "return" | "in" | "out" | "drawer" | "rounding" | "deposit" | "tip";
    readonly amount: number;
    readonly at: Date;
    readonly operatorId: string | null;
    readonly reason?: string;
    readonly orderId?: string;
  },
): Promise<void> {
  const { id, kind, amount, at, operatorId, reason = null, orderId = null } = event;
  await sql`
    insert into till.cash_event (id, shift_id, register_id, kind, amount, reason, order_id, staff_id, at, entity_id, place_id, channel_id, business_date, time_zone)
    select ${id}, id, register_id, ${kind}, ${amount}, ${reason}, ${orderId}, ${operatorId}, ${at}, entity_id, place_id, channel_id, business_date, time_zone
    from till.shift where id = ${shift.id}`.execute(ctx.db);
}

/** To what cash is rounded at a place [PAY-42]. */
export async function cashStepAt(ctx: Pick<Ctx, "snapshots">, placeId: PlaceId): Promise<number> {
  return (await placeOf(ctx, placeId))?.settings.cashRounding ?? 0;
}

/** What the rounding of cash moved in the drawer beside the amount of a ticket [TIL-18]; nothing is written where nothing was rounded. */
export async function writeRounding(
  ctx: Ctx,
  shift: KnownShift,
  amount: number,
  event: { readonly at: Date; readonly operatorId: string | null; readonly orderId?: string },
): Promise<void> {
  if (amount !== 0) await writeCash(ctx, shift, { ...event, id: ctx.newId<Id<"cash event">>(), kind: "rounding", amount });
}

/** A tip in cash is in the drawer, and no sale [TIL-16]; nothing is written where none was given. */
export async function writeTip(
  ctx: Ctx,
  shift: KnownShift,
  amount: number,
  event: { readonly at: Date; readonly operatorId: string | null; readonly orderId: string },
): Promise<void> {
  if (amount > 0) await writeCash(ctx, shift, { ...event, id: ctx.newId<Id<"cash event">>(), kind: "tip", amount });
}

async function openShiftOf(ctx: Ctx, register: KnownRegister): Promise<{ readonly id: string } | undefined> {
  return ctx.db
    .selectFrom("till.shift")
    .select("id")
    .where("register_id", "=", register.id)
    .where("closed_at", "is", null)
    .executeTakeFirst();
}

async function mustReadShift(ctx: Ctx, id: ShiftId): Promise<KnownShift> {
  const shift = await readShift(ctx, id);
  if (!shift) throw new Error(`shift ${id} was just written and is not there`);
  return shift;
}

/** What the shift's tickets came to by rate, from the journal, so that the sum says what was signed. */
async function taxesOf(ctx: Ctx, shiftId: ShiftId): Promise<readonly { rate: string; net: number; tax: number; gross: number }[]> {
  const { rows } = await sql<{ rate: string; net: number; tax: number; gross: number }>`
    select tax ->> 'rate' as rate, sum((tax ->> 'net')::bigint)::bigint as net, sum((tax ->> 'tax')::bigint)::bigint as tax,
           sum((tax ->> 'gross')::bigint)::bigint as gross
    from (select register_id, chain, seq, shift_id from till.sale union all select register_id, chain, seq, shift_id from till.empties) s
    join till.fiscal_entry e on e.register_id = s.register_id and e.chain = s.chain and e.seq = s.seq
    cross join lateral jsonb_array_elements(e.body -> 'document' -> 'taxes') as tax
    where s.shift_id = ${shiftId} group by 1 order by 1`.execute(ctx.db);
  return rows;
}
