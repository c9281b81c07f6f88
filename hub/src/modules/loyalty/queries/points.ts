import type { LocalizedText } from "@weft/contracts";
import type { AccountId, OrderId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { isSeen } from "../../customers/index.ts";
import { businessDateAt, placeOf } from "../../places/index.ts";
import { standingOf, entriesOf, type LedgerEntry } from "../../ledger/index.ts";
import { idList, type ReadCtx } from "../../../platform/index.ts";
import { normalizeCardNumber, type ProgramId, type Purse } from "../domain/index.ts";
import { pointsUnit } from "./program.ts";

/** The card of a record. */
export type Membership = {
  readonly recordId: RecordId;
  readonly accountId: AccountId;
  readonly cardNumber: string;
  readonly enrolledAt: Date;
};

/** The memberships of some records, the oldest first: a customer shows the card that they have had longest. */
export async function membershipsOf(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[]): Promise<Membership[]> {
  const { rows } = await sql<Membership>`
    select record_id as "recordId", account_id as "accountId", card_number as "cardNumber", enrolled_at as "enrolledAt"
    from loyalty.membership where record_id = any(${idList(recordIds)}) order by enrolled_at, record_id`.execute(ctx.db);
  return rows;
}

/** The record that a card number stands for, or null. Blanks and dashes do not count. */
export async function recordOfCard(ctx: Pick<ReadCtx, "db">, cardNumber: string): Promise<RecordId | null> {
  const { rows } = await sql<{ recordId: RecordId }>`
    select record_id as "recordId" from loyalty.membership where card_number = ${normalizeCardNumber(cardNumber)}`.execute(ctx.db);
  return rows[0]?.recordId ?? null;
}

/** What the records' accounts hold together [LOY-3], and what was ever earned on them. */
export type Points = { readonly balance: number; readonly earnedInAll: number };

export async function pointsOf(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[], programId: ProgramId): Promise<Points> {
  const { balance, credited } = await standingOf(ctx, recordIds, pointsUnit(programId));
  return { balance, earnedInAll: credited };
}

/** A balance, and when it was true: `last_night` where the channels only hand over. */
export type ShownBalance = { readonly points: number; readonly balanceAsOf: "now" | "last_night" };

/**
 * The balance of some records as this caller may show it [LOY-12]: of now where loyalty is carried, else what was there when the last
 * business day ended where the caller stands.
 */
export async function balanceShown(
  ctx: Pick<ReadCtx, "db" | "snapshots" | "actor" | "now">,
  recordIds: readonly RecordId[],
  programId: ProgramId,
): Promise<ShownBalance> {
  const { customer } = ctx.actor;
  if (customer !== null || (await isSeen(ctx, recordIds)))
    return { points: (await pointsOf(ctx, recordIds, programId)).balance, balanceAsOf: "now" };
  const place = ctx.actor.placeId === null ? undefined : await placeOf(ctx, ctx.actor.placeId);
  const today = businessDateAt(place ?? { timeZone: "UTC", dayEnd: 0 }, ctx.now);
  return { points: await pointsBefore(ctx, recordIds, today), balanceAsOf: "last_night" };
}

/** The points of some records at the end of the last business day before one (`2026-03-02`): 0 where nothing ever moved [LOY-10]. */
async function pointsBefore(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[], day: string): Promise<number> {
  const { rows } = await sql<{ points: number }>`
    select coalesce(sum(last.balance), 0)::integer as points from unnest(${idList(recordIds)}) r (id)
     cross join lateral (select b.balance from loyalty.read_balance_day b where b.record_id = r.id and b.business_date < ${day}::date
                          order by b.business_date desc limit 1) last`.execute(ctx.db);
  return rows[0]?.points ?? 0;
}

/**
 * What the customer of a record may burn where the caller is; null without a card. What has expired is not theirs any more, whenever that is
 * booked. A customer of a channel that only hands over earns elsewhere and burns at home.
 */
export async function purseOf(ctx: Pick<ReadCtx, "db" | "snapshots" | "actor">, recordId: RecordId): Promise<Purse | null> {
  const { rows } = await sql<{ points: number; isMember: boolean }>`
    select loyalty.usable(${recordId}, now()) as points, loyalty.is_member(${recordId}) as "isMember"`.execute(ctx.db);
  const [row] = rows;
  return row?.isMember ? { points: row.points, isHome: await isSeen(ctx, [recordId]) } : null;
}

/** Every movement of the records' points, newest first. */
export function pointsHistory(
  ctx: Pick<ReadCtx, "db">,
  query: { readonly recordIds: readonly RecordId[]; readonly programId: ProgramId; readonly before: string | null; readonly limit: number },
): Promise<LedgerEntry[]> {
  return entriesOf(ctx, { ...query, unit: pointsUnit(query.programId) });
}

/** A reward that an order used, in the version it had then. */
export type Redeemed = { readonly orderId: OrderId; readonly name: LocalizedText; readonly points: number };

/** The rewards that some orders used, in their order. */
export async function redemptionsOf(ctx: Pick<ReadCtx, "db">, orderIds: readonly OrderId[]): Promise<Redeemed[]> {
  const { rows } = await sql<Redeemed>`
    select r.order_id as "orderId", v.name, r.points
    from loyalty.redemption r join loyalty.reward_version v on v.reward_id = r.reward_id and v.version = r.reward_version
    where r.order_id = any(${idList(orderIds)}) order by r.order_id, r.position`.execute(ctx.db);
  return rows;
}
