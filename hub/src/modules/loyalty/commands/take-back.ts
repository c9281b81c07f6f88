import type { BusinessDate, OrderId, RecordId, TransferId } from "@weft/kernel";
import { sql } from "kysely";
import { movementsOfOrder } from "../../ledger/index.ts";
import { publish, type Ctx, type ReadCtx } from "../../../platform/index.ts";
import { bonusKept, keptOfBurned, leftInMoney, keptOfEach, pointsKept, type HadBonus, type StillTheirs } from "../domain/index.ts";
import { PointsGivenBack, PointsTakenBack } from "../events.ts";
import { reverseReferral } from "./referral.ts";
import { voidBonuses, visitsLost, withoutVoided } from "./visits-lost.ts";

export type TakingBack = {
  readonly orderId: OrderId;
  /** The changes of the order that may have earned as well, the oldest first. */
  readonly changes: readonly string[];
  /** Tells several returns of one order apart; the same part again changes nothing. */
  readonly part: number;
  /** What stays of the order after this return and all before it. */
  readonly left: StillTheirs;
  readonly businessDate: BusinessDate;
  readonly because: { readonly kind: string; readonly data: Record<string, unknown> };
};

/** What an order and its changes have moved so far: `kept` is what each of them still has of what it earned, the order first. */
export type MovedSoFar = {
  readonly recordId: RecordId | null;
  readonly rule: { readonly data: Record<string, unknown> } | null;
  readonly kept: readonly number[];
  readonly spent: number;
  readonly given: number;
};

export async function movedSoFar(ctx: Pick<ReadCtx, "db">, orderId: OrderId, changes: readonly string[]): Promise<MovedSoFar> {
  const own = await movementsOfOrder(ctx, orderId);
  const later = [];
  for (const change of changes) later.push(await movementsOfOrder(ctx, change, "order_change"));
  const first = [own, ...later].flat().find(({ kind }) => kind === "earn");
  const burned = own.find(({ kind }) => kind === "burn");
  const sum = (of: typeof own, ...kinds: readonly string[]) =>
    of.reduce((all, { kind, amount }) => (kinds.includes(kind) ? all + amount : all), 0);
  return {
    recordId: (first ?? burned)?.recordId ?? null,
    rule: await withoutVoided(ctx, orderId, first?.because ?? null),
    kept: [own, ...later].map((movements) => sum(movements, "earn", "take_back")),
    spent: burned?.spent ?? 0,
    given: sum(own, "give_back"),
  };
}

/**
 * Undoes the points of an order as far as its goods came back [LOY-6]: burned ones return to their own lots, earned ones are taken, in
 * that order. Cumulative, so any split of returns ends equal. What changes of the order have earned goes last. To be called under the order's
 * lock, in the transaction of the return; nothing is locked after it. Answers what moved. Publishes `loyalty.points_taken_back.v1` and
 * `loyalty.points_given_back.v1`.
 */
export async function takeBack(ctx: Ctx, given: TakingBack): Promise<{ taken: number; given: number }> {
  const { orderId, changes, part, left } = given;
  const moved = await movedSoFar(ctx, orderId, changes);
  const lost = left.paid === 0 && moved.recordId !== null && moved.kept[0] ? await visitsLost(ctx, orderId, moved.recordId) : [];
  const inMoney = leftInMoney(moved.rule, left);
  await reverseReferral(ctx, orderId, inMoney.paid, given.businessDate);
  await keepUses(ctx, orderId, inMoney);
  if (moved.recordId === null) return { taken: 0, given: 0 };
  // What is still paid for it says what it counts for tiers [LOY-15].
  const because = { ...given.because, data: { ...given.because.data, paid: inMoney.paid } };
  const [keepsEarned = 0, ...keepsLater] = keptOfEach(moved.kept, pointsKept(moved.rule, left));
  const { rows } = await sql<{ taken: number; given: number }>`
    select taken, given from loyalty.take_back(${orderId}, ${part}, ${keepsEarned}, ${keptOfBurned(moved.spent, left)}, ${ctx.newId<TransferId>()},
      ${ctx.newId<TransferId>()}, ${given.businessDate}::date, ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null},
      ${JSON.stringify(because)}::jsonb, ${ctx.now})`.execute(ctx.db);
  let taken = rows[0]?.taken ?? 0;
  for (const [index, keeps] of keepsLater.entries()) taken += await takeFromChange(ctx, { ...given, because }, changes[index] ?? "", keeps);
  await voidBonuses(ctx, lost, given);
  const back = (rows[0]?.given ?? 0) + (await paidBack(ctx, orderId));
  await tell(ctx, { orderId, recordId: moved.recordId, taken, given: back });
  return { taken, given: back };
}

/** Points that paid a part of the order and went back with the money of this return [LOY-26]: `payments` has booked them by now. */
async function paidBack(ctx: Ctx, orderId: OrderId): Promise<number> {
  const { rows } = await sql<{ points: number }>`
    select coalesce(sum(m.amount), 0)::integer as points from loyalty.points_tender t
      join ledger.read_movement m on m.source_type = 'tender' and m.source_id = t.tender_id and m.kind = 'give_back' and m.at = ${ctx.now}
     where t.order_id = ${orderId}`.execute(ctx.db);
  return rows[0]?.points ?? 0;
}

/** A limited bonus of which an order keeps nothing was not had, and a stamp card counts what is still theirs [LOY-14]. */
async function keepUses(ctx: Ctx, orderId: OrderId, left: StillTheirs): Promise<void> {
  const { rows } = await sql<{ had: HadBonus }>`select had from loyalty.bonus_use where order_id = ${orderId} for update`.execute(ctx.db);
  for (const { had } of rows) {
    // Any step tells whether an amount is left.
    const kept = bonusKept(had, { points: 1, perMinorUnits: 1 }, left);
    const isGone = had.stamps ? kept.pieces === 0 : kept.points === 0;
    const times = had.stamps && had.gives.kind === "per_piece" ? kept.points / had.gives.points : 0;
    await (
      isGone
        ? sql`delete from loyalty.bonus_use where order_id = ${orderId} and bonus_id = ${had.id}`
        : sql`update loyalty.bonus_use set pieces = ${had.stamps ? kept.pieces : 0}, times = ${times} where order_id = ${orderId} and bonus_id = ${had.id}`
    ).execute(ctx.db);
  }
}

async function takeFromChange(ctx: Ctx, { part, businessDate, because }: TakingBack, change: string, keeps: number): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    select ledger.take_back(${ctx.newId<TransferId>()}, 'earn', 'take_back', 'order_change', ${change}, ${part}, ${keeps}, ${businessDate}::date,
      ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${JSON.stringify(because)}::jsonb, ${ctx.now}) as taken`.execute(ctx.db);
  return rows[0]?.taken ?? 0;
}

/** What `takeBack` would move, for who asks before: nothing is locked, so it may be other points by then. */
export async function wouldTakeBack(
  ctx: Pick<ReadCtx, "db">,
  orderId: OrderId,
  changes: readonly string[],
  left: StillTheirs,
): Promise<{ readonly taken: number; readonly given: number }> {
  const { kept, rule, spent, given } = await movedSoFar(ctx, orderId, changes);
  const has = kept.reduce((sum, points) => sum + points, 0);
  const keeps = keptOfEach(kept, pointsKept(rule, left)).reduce((sum, points) => sum + points, 0);
  return { taken: Math.max(0, has - keeps), given: Math.max(0, spent - given - keptOfBurned(spent, left)) };
}

async function tell(
  ctx: Ctx,
  { orderId, recordId, taken, given }: { orderId: OrderId; recordId: RecordId; taken: number; given: number },
): Promise<void> {
  const about = { recordId, customerIdThen: null, orderId };
  if (taken > 0) await publish(ctx, PointsTakenBack, `record/${recordId}`, { ...about, points: taken });
  if (given > 0) await publish(ctx, PointsGivenBack, `record/${recordId}`, { ...about, points: given });
}
