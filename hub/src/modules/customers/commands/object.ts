import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { personRecordsOf } from "../queries/who.ts";
import { recompute } from "./resolve.ts";

/** What somebody may not want done with their file. */
export type ObjectionKind = "joining" | "profiling";

/**
 * Keeps whether the person of a record wants no joining of their files, or no profiling [IDN-23]; `consent` says so whenever it changed.
 * It is kept with the record it was said by, holds for every record of the person, on every link level, and for those that come later.
 * Without joining each channel shows its own file from now on; the links stay, because rights are decided by them. Taken back, everything
 * is as it was.
 */
export async function keepObjection(ctx: Ctx, recordId: RecordId, kind: ObjectionKind, objects: boolean): Promise<void> {
  const records = await personRecordsOf(ctx, recordId);
  await (
    objects
      ? sql`insert into customers.objection (record_id, kind, at) values (${recordId}, ${kind}, ${ctx.now}) on conflict do nothing`
      : sql`delete from customers.objection where record_id = any (${[...records]}::uuid[]) and kind = ${kind}`
  ).execute(ctx.db);
  const unlinked = objects ? await withdrawLikeness(ctx, records) : [];
  if (kind === "joining" || unlinked.length > 0) await recompute(ctx, [...records, ...unlinked], null);
}

/** Nobody guesses who they are any more, so what was guessed goes, and the questions about it. Answers the records on the other sides. */
async function withdrawLikeness(ctx: Ctx, records: readonly RecordId[]): Promise<RecordId[]> {
  const own = [...records];
  const { rows } = await sql<{ a: RecordId; b: RecordId }>`
    update customers.link set state = 'withdrawn', withdrawn_at = now(), reason = 'objected'
     where kind = 'model' and state = 'active' and (a_record = any (${own}::uuid[]) or b_record = any (${own}::uuid[]))
    returning a_record as a, b_record as b`.execute(ctx.db);
  await sql`
    delete from customers.review_pair where status = 'open' and because = 'alike' and (a_record = any (${own}::uuid[]) or b_record = any (${own}::uuid[]))`.execute(
    ctx.db,
  );
  return rows.flatMap(({ a, b }) => [a, b]);
}

/** Whether the person of a record wants nobody to guess who they are or what they like. */
export async function isUnprofiled(ctx: Pick<Ctx, "db">, recordId: RecordId): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`select customers.is_unprofiled(${recordId}) as is`.execute(ctx.db);
  return rows[0]?.is ?? false;
}
