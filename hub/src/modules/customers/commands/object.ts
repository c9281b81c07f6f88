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
  if (kind === "joining") await recompute(ctx, records, null);
}

/** Whether the person of a record wants nobody to guess who they are or what they like. */
export async function isUnprofiled(ctx: Pick<Ctx, "db">, recordId: RecordId): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`select customers.is_unprofiled(${recordId}) as is`.execute(ctx.db);
  return rows[0]?.is ?? false;
}
