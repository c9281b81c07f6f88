import type { BusinessDate, OrderId, RecordId, TransferId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type ReadCtx } from "../../../platform/index.ts";
import { hadBonuses, type EarnedBecause } from "../domain/index.ts";
import { PointsTakenBack } from "../events.ts";

/** A bonus of another order that was had for visits, one of which comes back whole. */
export type LostBonus = { readonly orderId: OrderId; readonly recordId: RecordId; readonly bonusId: string; readonly points: number };

/**
 * The bonuses for several visits or a streak that would not have been had without an order that comes back whole [LOY-45]: counted again over the linked
 * records as on the day of each. Under the lock by which bonuses are used, so that no sale counts the visit meanwhile. To be called before balances are locked.
 */
export async function visitsLost(ctx: Ctx, orderId: OrderId, recordId: RecordId): Promise<LostBonus[]> {
  const { rows: waiting } = await sql`
    select 1 from loyalty.bonus_use u where u.record_id in (select customers.records_of(${recordId})) and u.voided_at is null and u.order_id <> ${orderId}
       and (u.had ? 'visits' or u.had ? 'streak') limit 1`.execute(ctx.db);
  if (waiting.length === 0) return [];
  await sql`
    select pg_advisory_xact_lock(hashtextextended('loyalty.bonus_use/' || customers.customer_of(${recordId})::text, 0))`.execute(ctx.db);
  const { rows } = await sql<LostBonus>`
    with mine as (select array(select customers.records_of(${recordId})) as records)
    select u.order_id as "orderId", u.record_id as "recordId", u.bonus_id as "bonusId", (u.had ->> 'points')::integer as points
      from mine, loyalty.bonus_use u
     cross join lateral (select max(b.business_date) as last from loyalty.bonus_use b
                          where b.bonus_id = u.bonus_id and b.voided_at is null and b.record_id = any (mine.records) and b.business_date < u.business_date) had
     where u.record_id = any (mine.records) and u.voided_at is null and u.order_id <> ${orderId}
       and (u.had ? 'visits' and 1 + (
              select count(*) from loyalty.visit_days(mine.records, u.business_date - (u.had -> 'visits' ->> 'days')::integer + 1, u.business_date, ${orderId}) d
               where d > coalesce(had.last, '-infinity')) < (u.had -> 'visits' ->> 'count')::integer
         or u.had ? 'streak' and 1 + loyalty.streak_before(mine.records, u.had -> 'streak' ->> 'per', (u.had -> 'streak' ->> 'count')::integer,
              u.business_date, had.last, ${orderId}) < (u.had -> 'streak' ->> 'count')::integer)
     order by u.business_date, u.order_id`.execute(ctx.db);
  return rows;
}

/** Takes these bonuses back, each once; a return of their own orders counts without them from then on. Publishes `loyalty.points_taken_back.v1`. */
export async function voidBonuses(
  ctx: Ctx,
  lost: readonly LostBonus[],
  {
    businessDate,
    because,
  }: { readonly businessDate: BusinessDate; readonly because: { readonly kind: string; readonly data: Record<string, unknown> } },
): Promise<void> {
  for (const [n, { orderId, recordId, bonusId, points }] of lost.entries()) {
    await sql`update loyalty.bonus_use set voided_at = ${ctx.now} where order_id = ${orderId} and bonus_id = ${bonusId}`.execute(ctx.db);
    const { rows } = await sql<{ taken: number }>`
      select ledger.take_back(${ctx.newId<TransferId>()}, 'earn', 'take_back', 'order', ${orderId}, v.part, greatest(0, v.kept - ${points}), ${businessDate}::date,
               ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${JSON.stringify({ ...because, data: { ...because.data, bonusId } })}::jsonb, ${ctx.now}) as taken
        from (select coalesce(sum(m.amount), 0)::bigint as kept, (least(0, min(m.part)) - 1 - ${n}::integer)::integer as part
                from ledger.read_movement m where m.source_type = 'order' and m.source_id = ${orderId} and m.kind in ('earn', 'take_back')) v`.execute(
      ctx.db,
    );
    const taken = rows[0]?.taken ?? 0;
    if (taken > 0) await publish(ctx, PointsTakenBack, `record/${recordId}`, { recordId, customerIdThen: null, orderId, points: taken });
  }
}

/** The reason of an earning without the bonuses that were taken back since; one without bonuses is asked nothing. */
export async function withoutVoided<T extends EarnedBecause>(
  ctx: Pick<ReadCtx, "db">,
  orderId: OrderId,
  rule: T | null,
): Promise<T | null> {
  const had = hadBonuses(rule);
  if (!rule || !had.some(({ visits, streak }) => visits ?? streak)) return rule;
  const { rows } = await sql<{ id: string }>`
    select bonus_id as id from loyalty.bonus_use where order_id = ${orderId} and voided_at is not null`.execute(ctx.db);
  const gone = new Set(rows.map(({ id }) => id));
  return { ...rule, data: { ...rule.data, bonuses: had.filter(({ id }) => !gone.has(id)) } };
}
