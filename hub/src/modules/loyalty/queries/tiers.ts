import type { BusinessDate, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { idList, type ReadCtx } from "../../../platform/index.ts";
import { windowOf, type Reached, type TierPolicy, type TierStanding } from "../domain/index.ts";

/**
 * What some records reached within the window of a program's tiers, as the ledger tells it [LOY-15]: points and money count on the day of their
 * sale, less what was taken back of it since; a visit is a day with a sale of which points stayed. Points earned with a partner count where its
 * terms said so, as points: they are no money and no visit here.
 */
export async function reachedBy(
  ctx: Pick<ReadCtx, "db">,
  recordIds: readonly RecordId[],
  policy: Pick<TierPolicy, "basis" | "window">,
  today: BusinessDate,
): Promise<Reached> {
  const { from, before } = windowOf(policy, today);
  const { rows } = await sql<Reached>`
    with sale as (
      select e.business_date as day, case when e.kind = 'earn' then e.business_date end as visit,
             (select sum(m.amount) from ledger.read_movement m
               where m.record_id = e.record_id and m.source_type = e.source_type and m.source_id = e.source_id and m.kind in ('earn', 'take_back', 'partner_earn', 'partner_take_back')) as points,
             case when e.source_type = 'order' then coalesce(
               (select (t.because -> 'data' ->> 'paid')::bigint from ledger.read_movement t
                 where t.record_id = e.record_id and t.source_type = 'order' and t.source_id = e.source_id and t.kind = 'take_back'
                 order by t.txn_id desc limit 1),
               (e.because -> 'data' ->> 'amount')::bigint) else 0 end as paid
        from ledger.read_movement e
       where e.record_id = any(${idList(recordIds)}) and e.unit like 'points:%' and (e.kind = 'earn' or e.kind = 'partner_earn' and (e.because -> 'data' ->> 'countsForTiers')::boolean)
         and e.business_date >= ${before ?? from}::date)
    select coalesce(${measure(policy.basis)} filter (where day >= ${from}::date), 0)::bigint as now,
           coalesce(${measure(policy.basis)} filter (where day < ${from}::date), 0)::bigint as before
      from sale where points > 0`.execute(ctx.db);
  return rows[0] ?? { now: 0, before: 0 };
}

const MEASURES: Readonly<Record<TierPolicy["basis"], string>> = {
  points: "sum(points)",
  spend: "sum(paid)",
  visits: "count(distinct visit)",
};
const measure = (basis: TierPolicy["basis"]) => sql.raw(MEASURES[basis]);

/** `stands`: the tier that is written now. What was reached with records that are not linked any more does not count: `code` is the tier without them. */
export type WrittenStanding = TierStanding & { readonly stands: string | null };

/** Where the records of a customer stand, by their id; who was never in a tier has no row. */
export async function standingsOf(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[]): Promise<Map<RecordId, WrittenStanding>> {
  const { rows } = await sql<WrittenStanding & { readonly recordId: RecordId }>`
    select s.record_id as "recordId", s.tier as stands, case when own.is then s.below_since::text end as "belowSince",
           case when own.is then s.tier else (
             select c.after from loyalty.tier_change c where c.record_id = s.record_id and c.records <@ ${idList(recordIds)}
              order by c.at desc, c.id desc limit 1) end as code
      from loyalty.tier_standing s cross join lateral (select s.records <@ ${idList(recordIds)} as is) own
     where s.record_id = any(${idList(recordIds)})`.execute(ctx.db);
  return new Map(rows.map(({ recordId, ...standing }) => [recordId, standing]));
}

/** The tier of a customer, as it was last looked at, and since when. */
export async function tierOf(
  ctx: Pick<ReadCtx, "db">,
  recordIds: readonly RecordId[],
): Promise<{ readonly code: string | null; readonly since: Date } | null> {
  const { rows } = await sql<{ code: string | null; since: Date }>`
    select tier as code, since from loyalty.tier_standing where record_id = any(${idList(recordIds)})
    order by tier is null, since limit 1`.execute(ctx.db);
  return rows[0] ?? null;
}

/** How a customer came to their tier, the newest first. */
export type TierStep = { readonly at: Date; readonly before: string | null; readonly after: string | null; readonly reached: number };

export async function tierHistory(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[]): Promise<TierStep[]> {
  const { rows } = await sql<TierStep>`
    select distinct on (at, after) at, before, after, reached from loyalty.tier_change where record_id = any(${idList(recordIds)})
    order by at desc, after limit 50`.execute(ctx.db);
  return rows;
}
