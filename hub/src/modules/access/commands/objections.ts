import type { Id, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { auditWrite } from "../audit.ts";
import { AccessObjected } from "../events.ts";

export type AuditEntryId = Id<"audit entry">;

/**
 * Keeps that somebody objects to an access to their file [ACC-15]: once, however often it is said. `subjects` are all names that their file
 * has in the audit. Answers false when no such access is known. Publishes `access.objected.v1`.
 */
export async function objectToAccess(
  ctx: Ctx,
  { entryId, recordId, subjects }: { readonly entryId: AuditEntryId; readonly recordId: RecordId; readonly subjects: readonly string[] },
): Promise<boolean> {
  const found =
    await sql`select 1 from access.audit_entry where subject = any(${[...subjects]}::text[]) and id = ${entryId} limit 1`.execute(ctx.db);
  if (found.rows.length === 0) return false;
  const { rows } = await sql`
    insert into access.objection (entry_id, record_id, at) values (${entryId}, ${recordId}, ${ctx.now}) on conflict do nothing returning 1`.execute(
    ctx.db,
  );
  if (rows.length === 0) return true;
  await auditWrite(ctx, { action: "access.objected", subject: `audit/${entryId}` });
  await publish(ctx, AccessObjected, `record/${recordId}`, { entryId, recordId });
  return true;
}
