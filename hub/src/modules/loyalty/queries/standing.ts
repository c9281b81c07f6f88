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

type Counted = { readonly id: BonusId; readonly used: number; readonly visits: number } & Stamps;

/**
 * What the bonuses of a program ask of a member on a business day [LOY-14]: how often each was had in its period, and on how many days before this
 * one they bought something since. No statement where no bonus asks.
 */
export async function earnStanding(
  ctx: Pick<ReadCtx, "db">,
  recordId: RecordId,
  bonuses: readonly Bonus[],
  today: BusinessDate,
): Promise<EarnStanding> {
  if (!asksOfMember(bonuses)) return NO_STANDING;
  const asked = bonuses.map(({ id, limit, visits }) => ({
    id,
    ...(limit ? periodOf(limit.per, today) : { since: null, until: null }),
    visits_from: visits && addDays(today, 1 - visits.days),
  }));
  const { rows } = await sql<Counted>`
    with mine as (select customers.records_of(${recordId}) as record_id)
    select w.id, card.pieces, card.times,
           (select count(*) from loyalty.bonus_use u where u.bonus_id = w.id and u.record_id in (select record_id from mine)
               and (w.since is null or u.business_date >= w.since) and (w.until is null or u.business_date < w.until)) as used,
           case when w.visits_from is null then 0 else (
             select count(distinct e.business_date) from ledger.read_movement e
              where e.record_id in (select record_id from mine) and e.unit like 'points:%' and e.source_type = 'order' and e.kind = 'earn'
                and e.business_date >= w.visits_from and e.business_date < ${today}::date
                and e.business_date > coalesce((select max(u.business_date) from loyalty.bonus_use u
                                                 where u.bonus_id = w.id and u.record_id in (select record_id from mine)), '-infinity')
                and (select sum(m.amount) from ledger.read_movement m
                      where m.record_id = e.record_id and m.source_type = 'order' and m.source_id = e.source_id and m.kind in ('earn', 'take_back')) > 0)
           end as visits
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as w(id uuid, since date, until date, visits_from date)
     cross join lateral (select coalesce(sum(u.pieces), 0)::integer as pieces, coalesce(sum(u.times), 0)::integer as times from loyalty.bonus_use u
                          where u.bonus_id = w.id and u.record_id in (select record_id from mine)) card`.execute(ctx.db);
  return {
    stamps: new Map(rows.map(({ id, pieces, times }) => [id, { pieces, times }])),
    used: new Map(rows.map(({ id, used }) => [id, used])),
    visits: new Map(rows.map(({ id, visits }) => [id, visits])),
    daysToBirthday: bonuses.some(({ birthdayDays }) => birthdayDays !== null) ? await daysFromBirthday(ctx, recordId, today) : null,
  };
}

async function daysFromBirthday(ctx: Pick<ReadCtx, "db">, recordId: RecordId, today: BusinessDate): Promise<number | null> {
  const [customer] = await customersByIds(ctx, [await customerOf(ctx, recordId)]);
  return customer?.birthDate ? daysToBirthday(customer.birthDate, today) : null;
}
