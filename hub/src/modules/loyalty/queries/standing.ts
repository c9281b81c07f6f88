import { addDays, type BusinessDate, type RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { customerOf, customersByIds } from "../../customers/index.ts";
import type { ReadCtx } from "../../../platform/index.ts";
import {
  asksOfMember,
  daysToBirthday,
  NO_STANDING,
  periodOf,
  type Bonus,
  type BonusId,
  type EarnStanding,
  type Stamps,
} from "../domain/index.ts";

type Counted = { readonly id: BonusId; readonly used: number; readonly visits: number; readonly streak: number } & Stamps;

/**
 * What the bonuses of a program ask of a member on a business day [LOY-14]: how often each was had in its period, on how many days before this one they
 * bought something since, and in how many weeks or months in a row. No statement where no bonus asks.
 */
export async function earnStanding(
  ctx: Pick<ReadCtx, "db">,
  recordId: RecordId,
  bonuses: readonly Bonus[],
  today: BusinessDate,
): Promise<EarnStanding> {
  if (!asksOfMember(bonuses)) return NO_STANDING;
  const asked = bonuses.map(({ id, limit, visits, streak }) => ({
    id,
    ...(limit ? periodOf(limit.per, today) : { since: null, until: null }),
    visits_from: visits && addDays(today, 1 - visits.days),
    streak: streak && { per: streak.per, most: streak.count },
  }));
  const { rows } = await sql<Counted>`
    with mine as (select customers.records_of(${recordId}) as record_id)
    select w.id, card.pieces, card.times,
           (select count(*) from loyalty.bonus_use u where u.bonus_id = w.id and u.voided_at is null and u.record_id in (select record_id from mine)
               and (w.since is null or u.business_date >= w.since) and (w.until is null or u.business_date < w.until)) as used,
           case when w.visits_from is null then 0 else (
             select count(distinct d) from loyalty.visit_days(array(select record_id from mine), w.visits_from, ${today}::date, null) d
              where d > coalesce(had.last, '-infinity'))
           end as visits,
           case when w.streak is null then 0 else loyalty.streak_before(array(select record_id from mine), w.streak ->> 'per', (w.streak ->> 'most')::integer,
             ${today}::date, had.last, null) end as streak
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as w(id uuid, since date, until date, visits_from date, streak jsonb)
     cross join lateral (select max(u.business_date) as last from loyalty.bonus_use u
                          where u.bonus_id = w.id and u.voided_at is null and u.record_id in (select record_id from mine)) had
     cross join lateral (select coalesce(sum(u.pieces), 0)::integer as pieces, coalesce(sum(u.times), 0)::integer as times from loyalty.bonus_use u
                          where u.bonus_id = w.id and u.voided_at is null and u.record_id in (select record_id from mine)) card`.execute(
    ctx.db,
  );
  return {
    stamps: new Map(rows.map(({ id, pieces, times }) => [id, { pieces, times }])),
    used: new Map(rows.map(({ id, used }) => [id, used])),
    visits: new Map(rows.map(({ id, visits }) => [id, visits])),
    streaks: new Map(rows.map(({ id, streak }) => [id, streak])),
    daysToBirthday: bonuses.some(({ birthdayDays }) => birthdayDays !== null) ? await daysFromBirthday(ctx, recordId, today) : null,
  };
}

async function daysFromBirthday(ctx: Pick<ReadCtx, "db">, recordId: RecordId, today: BusinessDate): Promise<number | null> {
  const [customer] = await customersByIds(ctx, [await customerOf(ctx, recordId)]);
  return customer?.birthDate ? daysToBirthday(customer.birthDate, today) : null;
}
