import type { AccountId, BusinessDate, ChannelId, EntityId, Id, OrderId, PlaceId, RecordId, TransferId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx } from "../../../platform/index.ts";
import { cardNumber, expiryOf, leftInMoney, pointsFor, pointsKept, usableFrom, type LineLeft, type StillTheirs } from "../domain/index.ts";
import { programNow } from "../snapshot.ts";
import { movedSoFar } from "./take-back.ts";

export type Growing = {
  readonly orderId: OrderId;
  /** The changes of the order before this one, the oldest first. */
  readonly changes: readonly string[];
  readonly recordId: RecordId;
  /** What is paid for the order after the change, in minor units of `currency`. */
  readonly paid: number;
  /** Its goods that earn, those that come included. */
  readonly lines: readonly LineLeft[];
  readonly currency: string;
};

/**
 * The points that an order which grows to `paid` earns besides [LOY-2]: by the rule that it earned by, or today's where it earned nothing. Its
 * bonuses stay those that it had: what comes to it later counts for those about all goods.
 */
export async function wouldEarnMore(
  ctx: Pick<ReadCtx, "db" | "snapshots">,
  { orderId, changes, paid, lines, currency }: Growing,
): Promise<{ readonly points: number; readonly data: Record<string, unknown> } | null> {
  const program = await programNow(ctx);
  if (!program) return null;
  const moved = await movedSoFar(ctx, orderId, changes);
  const whole = { paid, goods: { numerator: 1, denominator: 1 }, lines };
  const today = pointsFor(program.rule, { amount: paid, currency });
  const target = moved.rule ? pointsKept(moved.rule, whole) : today.points;
  const points = target - moved.kept.reduce((sum, kept) => sum + kept, 0);
  return points > 0 ? { points, data: { ...(moved.rule ?? today.because).data, ...inMoney(moved.rule, whole), orderId } } : null;
}

/** What the change is booked with: what is paid for the order, and the part of it that is not paid in points. */
function inMoney(rule: Parameters<typeof leftInMoney>[0], whole: StillTheirs): { readonly amount: number; readonly whole?: number } {
  const amount = leftInMoney(rule, whole).paid;
  return amount === whole.paid ? { amount } : { amount, whole: whole.paid };
}

/**
 * Books what a change of an order earns, as a lot of its own with today's expiry. Balances come last: called after everything else of the
 * change. Answers the points.
 */
export async function earnMore(
  ctx: Ctx,
  grown: Growing & {
    readonly changeId: string;
    readonly document: {
      readonly entityId: EntityId;
      readonly placeId: PlaceId;
      readonly channelId: ChannelId;
      readonly businessDate: BusinessDate;
      readonly timeZone: string;
    };
  },
): Promise<number> {
  const { changeId, recordId, document } = grown;
  const more = await wouldEarnMore(ctx, grown);
  const program = await programNow(ctx);
  if (!more || !program) return 0;
  const { programId } = program.rule;
  const { entityId, placeId, channelId, businessDate, timeZone } = document;
  await sql`
    select ledger.credit(${ctx.newId<TransferId>()}, 'earn', 'order_change', ${changeId}, 0, ${entityId}, ${placeId}, ${channelId}, ${businessDate}::date,
      ${timeZone}, ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${JSON.stringify({ kind: "earned", data: more.data })}::jsonb, ${ctx.now},
      loyalty.enroll(${recordId}, ${programId}, ${ctx.newId<AccountId>()}, ${cardNumber(ctx.newId<Id<"card">>())}), ${`points:${programId}`},
      ${more.points}, ${expiryOf(program.expiry, ctx.now, timeZone)}, ${program.expiry.version}, ${usableFrom(program.rule.pendingDays, ctx.now, timeZone)})`.execute(
    ctx.db,
  );
  return more.points;
}
