import type { RecordId, StaffId } from "@weft/kernel";
import { sql } from "kysely";
import { readStaff } from "../../access/index.ts";
import { addressesOf, customerOf, normalizeEmail, recordsOf } from "../../customers/index.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import { judgeCounted, type Counted } from "../domain/index.ts";
import { PointsSuspected } from "../events.ts";
import { programNow } from "../snapshot.ts";

/**
 * Counts what a customer did with points, after it happened, and tells when somebody should look [LOY-30]. A program that watches nothing is asked no
 * statement. Publishes `loyalty.points_suspected.v1`.
 */
export async function watch(ctx: Ctx, recordId: RecordId, kind: Counted["kind"], grantId: string | null = null): Promise<void> {
  const terms = (await programNow(ctx))?.rule.terms.watch;
  if (!terms) return;
  const counted = kind === "grants" ? await grantsLike(ctx, grantId ?? "") : { kind, count: await countOf(ctx, recordId, kind) };
  const because = counted && judgeCounted(terms, counted);
  if (counted && because) await publish(ctx, PointsSuspected, `record/${recordId}`, { recordId, because, count: counted.count });
}

/** Sales with points of the last business day on which there was one, or sales of which points were taken back in 90 days, over all linked records. */
async function countOf(ctx: Ctx, recordId: RecordId, kind: "sales" | "returns"): Promise<number> {
  const moved = kind === "sales" ? "earn" : "take_back";
  const { rows } = await sql<{ count: number }>`
    with moved as (
      select m.source_id, m.business_date from ledger.read_movement m
       where m.record_id in (select customers.records_of(${recordId})) and m.unit like 'points:%' and m.source_type = 'order' and m.kind = ${moved})
    select count(distinct source_id)::integer as count from moved
     where case when ${kind} = 'sales' then business_date = (select max(business_date) from moved)
                else business_date > (select max(business_date) from moved) - 90 end`.execute(ctx.db);
  return rows[0]?.count ?? 0;
}

/** What a giver gave the customer of a grant in the 30 days before it; null for a grant that is not there. */
async function grantsLike(ctx: Ctx, grantId: string): Promise<Counted | null> {
  const { rows } = await sql<{ count: number; grantedBy: StaffId; recordId: RecordId | null }>`
    select g.granted_by as "grantedBy", g.record_id as "recordId",
           (select count(*) from loyalty.points_grant o where o.granted_by = g.granted_by and o.business_date > g.business_date - 30
               and o.record_id in (select customers.records_of(g.record_id)))::integer as count
      from loyalty.points_grant g where g.id = ${grantId}`.execute(ctx.db);
  const [grant] = rows;
  if (!grant?.recordId) return null;
  const staff = await readStaff(ctx, grant.grantedBy);
  const addresses = await addressesOf(ctx, await recordsOf(ctx, await customerOf(ctx, grant.recordId)));
  const own = staff && normalizeEmail(staff.email);
  return { kind: "grants", count: grant.count, isGiver: own !== undefined && addresses.some((address) => normalizeEmail(address) === own) };
}
