import { err, ok, type BusinessDate, type RegisterId, type Result, type ShiftId } from "@weft/kernel";
import { sql } from "kysely";
import { auditWrite } from "../../access/index.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import { sumOfCount, type CountedLine } from "../domain/index.ts";
import type { TillError } from "../errors.ts";
import { DrawerChanged, RegisterChanged } from "../events.ts";
import { mayKeep, readDrawer, type DrawerId, type DrawerShiftId } from "../queries/drawers.ts";
import { readRegister, type KnownRegister } from "../queries/registers.ts";

/** What a count came to: the shift whose count it is, and counted less expected. */
export type Told = { readonly shiftId: ShiftId; readonly registerId: RegisterId; readonly expected: number; readonly difference: number };

type Beginning = {
  readonly shiftId: ShiftId;
  readonly at: Date;
  readonly date: BusinessDate;
  /** What was counted before it begins; null where the drawer was taken as it is. */
  readonly count: readonly CountedLine[] | null;
};

type Joined = {
  readonly drawerShiftId: DrawerShiftId;
  /** Others work on the drawer, or did at that time: it was counted before. */
  readonly joined: boolean;
  /** A shift that everybody had left without a count: this beginning counted it [TIL-63]. */
  readonly told: Told | null;
};

/**
 * Where a register's shift belongs [TIL-60]: to the shift that runs on its drawer, to the one that ran at that time when the till was away
 * [TIL-61], or to a new one. The drawer's row is locked, so two registers that begin at once share one.
 */
export async function joinDrawer(ctx: Ctx, register: KnownRegister, begins: Beginning): Promise<Joined> {
  const { shiftId, at, date, count } = begins;
  await lockDrawer(ctx, register.drawerId);
  const running = await runningAt(ctx, register, at, date);
  const isLeft = running !== undefined && running.closedAt === null && !running.isWorked;
  if (running && !(isLeft && count)) {
    await sql`update till.drawer_shift set opened_at = least(opened_at, ${at}::timestamptz) where id = ${running.id}`.execute(ctx.db);
    // What a count was held against is told again, with what this register did.
    await sql`update till.shift set expected = null where drawer_shift_id = ${running.id} and expected is not null`.execute(ctx.db);
    return { drawerShiftId: running.id, joined: true, told: null };
  }
  const told = isLeft && count ? await countLeft(ctx, running.id, count) : null;
  await ctx.db
    .insertInto("till.drawer_shift")
    .values({ id: shiftId, drawer_id: register.drawerId, business_date: date, opened_at: at })
    .execute();
  return { drawerShiftId: shiftId as string as DrawerShiftId, joined: false, told }; // it bears the id of the shift that began it
}

/** Whoever opens or closes a shift on a drawer waits for the other. */
export async function lockDrawer(ctx: Pick<Ctx, "db">, drawerId: DrawerId): Promise<void> {
  await sql`select from till.drawer where id = ${drawerId} for update`.execute(ctx.db);
}

type Running = { readonly id: DrawerShiftId; readonly closedAt: Date | null; readonly isWorked: boolean };

/** A clock that went back is no reason to begin in a shift that this register itself has left later. */
async function runningAt(ctx: Ctx, { id, drawerId }: KnownRegister, at: Date, date: BusinessDate): Promise<Running | undefined> {
  const { rows } = await sql<Running>`
    select d.id, d.closed_at as "closedAt", exists (select from till.shift s where s.drawer_shift_id = d.id and s.closed_at is null) as "isWorked"
      from till.drawer_shift d
     where d.drawer_id = ${drawerId} and (d.opened_at <= ${at}::timestamptz or d.business_date = ${date}::date)
       and (d.closed_at is null or d.closed_at > ${at}::timestamptz and not exists (
             select from till.shift own where own.drawer_shift_id = d.id and own.register_id = ${id} and own.closed_at > ${at}::timestamptz))
     order by d.opened_at <= ${at}::timestamptz desc, d.opened_at desc limit 1`.execute(ctx.db);
  return rows[0];
}

/** Everybody left and nobody counted: what is found by who comes next is the count of who left last. */
async function countLeft(ctx: Ctx, drawerShiftId: DrawerShiftId, lines: readonly CountedLine[]): Promise<Told | null> {
  await sql`
    update till.shift set counted = ${sumOfCount(lines)}, counted_lines = ${JSON.stringify(lines)}::jsonb
     where id = (select id from till.shift where drawer_shift_id = ${drawerShiftId} order by closed_at desc, id desc limit 1)`.execute(
    ctx.db,
  );
  return settleDrawer(ctx, drawerShiftId);
}

/**
 * Tells what the last count of a drawer is held against, once every register has left it [TIL-62]: the float that was counted first and what
 * moved by the time of the count, at all of them. Null while somebody works on it, and where nobody counted.
 */
export async function settleDrawer(ctx: Ctx, drawerShiftId: DrawerShiftId): Promise<Told | null> {
  await sql`update till.shift set expected = null where drawer_shift_id = ${drawerShiftId} and expected is not null`.execute(ctx.db);
  const { rows } = await sql<Told>`
    with part as (select * from till.shift where drawer_shift_id = ${drawerShiftId}),
    counted as (select id, register_id, closed_at from part
                 where counted is not null and not exists (select from part where closed_at is null) order by closed_at desc, id desc limit 1),
    float as (select coalesce((select float_amount from part where not joined order by opened_at, id limit 1), 0) as amount),
    moved as (select coalesce(sum(e.amount), 0)::bigint as amount
                from counted c join part p on true join till.cash_event e on e.shift_id = p.id
               where e.kind <> 'float' and (e.register_id = c.register_id or e.at <= c.closed_at))
    update till.shift s set expected = float.amount + moved.amount from counted, float, moved where s.id = counted.id
    returning s.id as "shiftId", s.register_id as "registerId", s.expected, s.difference`.execute(ctx.db);
  const [told = null] = rows;
  if (told)
    await sql`
      update till.drawer_shift set closed_at = (select max(closed_at) from till.shift where drawer_shift_id = ${drawerShiftId})
       where id = ${drawerShiftId}`.execute(ctx.db);
  return told;
}

/**
 * Another name for a register, or another drawer of its place, from its next shift on [TIL-60]. Errors: `till.register_unknown`,
 * `till.other_place`, `till.drawer_unknown`. Publishes `till.register_changed.v1`.
 */
export async function changeRegister(
  ctx: Ctx,
  id: RegisterId,
  { name, drawerId }: { readonly name?: string | undefined; readonly drawerId?: DrawerId | undefined },
): Promise<Result<KnownRegister, TillError>> {
  const register = await readRegister(ctx, id);
  if (!register) return err({ code: "till.register_unknown" });
  if (!mayKeep(ctx, register.placeId)) return err({ code: "till.other_place" });
  if (drawerId !== undefined) {
    const drawer = await readDrawer(ctx, drawerId);
    // What is practiced is nobody's money: it lies in a drawer of its own.
    if (drawer?.placeId !== register.placeId || drawer.training !== register.training) return err({ code: "till.drawer_unknown" });
  }
  await ctx.db
    .updateTable("till.register")
    .set({ name: name ?? register.name, drawer_id: drawerId ?? register.drawerId })
    .where("id", "=", id)
    .execute();
  await publish(ctx, RegisterChanged, `register/${id}`, {
    registerId: id,
    placeId: register.placeId,
    drawerId: drawerId ?? register.drawerId,
  });
  await auditWrite(ctx, { action: "till.changeRegister", subject: `register/${id}` });
  const changed = await readRegister(ctx, id);
  return changed ? ok(changed) : err({ code: "till.register_unknown" });
}

/** Another name for a drawer. Errors: `till.drawer_unknown`, `till.other_place`. Publishes `till.drawer_changed.v1`. */
export async function renameDrawer(ctx: Ctx, id: DrawerId, name: string): Promise<Result<null, TillError>> {
  const drawer = await readDrawer(ctx, id);
  if (!drawer) return err({ code: "till.drawer_unknown" });
  if (!mayKeep(ctx, drawer.placeId)) return err({ code: "till.other_place" });
  await ctx.db.updateTable("till.drawer").set({ name }).where("id", "=", id).execute();
  await publish(ctx, DrawerChanged, `drawer/${id}`, { drawerId: id, placeId: drawer.placeId });
  await auditWrite(ctx, { action: "till.renameDrawer", subject: `drawer/${id}` });
  return ok(null);
}
