import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import { findSeams } from "./seams.ts";

/** So many records are taken at once. */
export const REBUILD_AT_ONCE = 500;

/**
 * Finds all seams again of the people behind the next records after `after`, in the order of their ids. Somebody with records in two
 * stretches is found twice, which changes nothing. Answers where to go on; null at the end [INS-5].
 */
export async function rebuildSeams(ctx: Ctx, after: string | null): Promise<string | null> {
  const { rows } = await sql<{ recordId: string; recordIds: RecordId[] }>`
    select next.record_id as "recordId", array(select customers.person_records_of(next.record_id) order by 1) as "recordIds"
      from (select distinct record_id from touchpoints.read_touch
             where ${after}::uuid is null or record_id > ${after}::uuid order by record_id limit ${REBUILD_AT_ONCE}) next
     order by 1`.execute(ctx.db);
  const people = new Map(rows.map(({ recordIds }) => [recordIds[0], recordIds]));
  await findSeams(
    ctx,
    [...people.values()].map((recordIds) => ({ recordIds, sinceMs: Number.NEGATIVE_INFINITY, wasLinked: false })),
  );
  return rows.length < REBUILD_AT_ONCE ? null : (rows.at(-1)?.recordId ?? null);
}
