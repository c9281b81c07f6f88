import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx } from "../../../platform/index.ts";

/** Days after which a record of nobody may go, when nothing is left that names it. */
export const NOBODY_DAYS = 90;

/** Records of nobody that are old enough to go, by id from `after` on. Who asks knows what else names them. */
export async function oldNobodies(ctx: Pick<ReadCtx, "db" | "now">, after: RecordId | null, limit: number): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    select record_id as id from customers.read_nobody
     where (${after}::uuid is null or record_id > ${after}::uuid)
       and created_at < ${ctx.now}::timestamptz - make_interval(days => ${NOBODY_DAYS}::integer)
     order by record_id limit ${limit}`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** Deletes records of nobody with what this module knows of them; one that became somebody meanwhile stays. Answers how many went. */
export async function forgetNobodies(ctx: Ctx, recordIds: readonly RecordId[]): Promise<number> {
  const run = (statement: ReturnType<typeof sql>) => statement.execute(ctx.db);
  // Locked like a sign-in that makes somebody of one locks it: whoever comes second sees what the first has done.
  const { rows } = await sql<{ id: RecordId }>`
    select r.id from customers.source_record r join customers.read_nobody n on n.record_id = r.id
     where r.id = any(${[...recordIds]}::uuid[]) order by r.id for update of r`.execute(ctx.db);
  const records = sql`${rows.map(({ id }) => id)}::uuid[]`;
  await run(sql`
    with gone as (delete from customers.record_identifier where record_id = any (${records}) returning identifier_id)
    delete from customers.identifier i using gone
     where i.id = gone.identifier_id
       and not exists (select from customers.record_identifier other
                        where other.identifier_id = i.id and other.record_id <> all (${records}))`);
  await run(sql`delete from customers.contact_point where record_id = any (${records})`);
  await run(sql`delete from customers.source_record_version where record_id = any (${records})`);
  await run(sql`delete from customers.claim where record_id = any (${records})`);
  await run(sql`delete from customers.near_place where record_id = any (${records})`);
  await run(sql`delete from customers.violation where record_id = any (${records})`);
  await run(sql`delete from customers.review_pair where a_record = any (${records}) or b_record = any (${records})`);
  await run(sql`delete from customers.source_record where id = any (${records})`);
  return rows.length;
}
