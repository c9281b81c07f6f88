import type { BusinessDate, OrderId, RecordId, TransferId } from "@weft/kernel";
import { sql } from "kysely";
import { movementsOfOrder } from "../../ledger/index.ts";
import { publish, type Ctx, type ReadCtx } from "../../../platform/index.ts";
import { keptOfBurned, keptOfEarned, type StillTheirs } from "../domain/index.ts";
import { PointsGivenBack, PointsTakenBack } from "../events.ts";

export type TakingBack = {
  readonly orderId: OrderId;
  /** Tells several returns of one order apart; the same part again changes nothing. */
  readonly part: number;
  /** What stays of the order after this return and all before it. */
  readonly left: StillTheirs;
  readonly businessDate: BusinessDate;
  readonly because: { readonly kind: string; readonly data: Record<string, unknown> };
};

/**
 * Undoes the points of an order as far as its goods came back [LOY-6]: burned ones return to their own lots, earned ones are taken, in
 * that order. Cumulative, so any split of returns ends equal. To be called under the order's lock, in the transaction of the return;
 * nothing is locked after it. Answers what moved. Publishes `loyalty.points_taken_back.v1` and `loyalty.points_given_back.v1`.
 */
export async function takeBack(
  ctx: Ctx,
  { orderId, part, left, businessDate, because }: TakingBack,
): Promise<{ taken: number; given: number }> {
  const moved = await movementsOfOrder(ctx, orderId);
  const [earned, burned] = [moved.find(({ kind }) => kind === "earn"), moved.find(({ kind }) => kind === "burn")];
  if (!earned && !burned) return { taken: 0, given: 0 };
  const keepsEarned = earned ? keptOfEarned({ points: earned.amount, because: earned.because }, left) : 0;
  const keepsBurned = burned ? keptOfBurned(burned.spent, left) : 0;
  const { rows } = await sql<{ taken: number; given: number }>`
    select taken, given from loyalty.take_back(${orderId}, ${part}, ${keepsEarned}, ${keepsBurned}, ${ctx.newId<TransferId>()}, ${ctx.newId<TransferId>()},
      ${businessDate}::date, ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${JSON.stringify(because)}::jsonb, ${ctx.now})`.execute(
    ctx.db,
  );
  const { taken, given } = rows[0] ?? { taken: 0, given: 0 };
  const recordId = (earned ?? burned)?.recordId;
  if (recordId) await tell(ctx, { orderId, recordId, taken, given });
  return { taken, given };
}

/** What `takeBack` would move, for who asks before: nothing is locked, so it may be other points by then. */
export async function wouldTakeBack(
  ctx: Pick<ReadCtx, "db">,
  orderId: OrderId,
  left: StillTheirs,
): Promise<{ readonly taken: number; readonly given: number }> {
  const moved = await movementsOfOrder(ctx, orderId);
  const sum = (kind: string) => moved.reduce((all, movement) => (movement.kind === kind ? all + movement.amount : all), 0);
  const [earned, burned] = [moved.find(({ kind }) => kind === "earn"), moved.find(({ kind }) => kind === "burn")];
  const keepsEarned = earned ? keptOfEarned({ points: earned.amount, because: earned.because }, left) : 0;
  const keepsBurned = burned ? keptOfBurned(burned.spent, left) : 0;
  return {
    taken: Math.max(0, (earned?.amount ?? 0) + sum("take_back") - keepsEarned),
    given: Math.max(0, (burned?.spent ?? 0) - sum("give_back") - keepsBurned),
  };
}

async function tell(
  ctx: Ctx,
  { orderId, recordId, taken, given }: { orderId: OrderId; recordId: RecordId; taken: number; given: number },
): Promise<void> {
  const about = { recordId, customerIdThen: null, orderId };
  if (taken > 0) await publish(ctx, PointsTakenBack, `record/${recordId}`, { ...about, points: taken });
  if (given > 0) await publish(ctx, PointsGivenBack, `record/${recordId}`, { ...about, points: given });
}
