import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { valuesOf } from "../../customers/index.ts";

/**
 * Keeps a file that waits or runs from bringing back who is erased now [IMP-10]: their values are noted with it as hashes, their lines are
 * passed over, and both are deleted with the file. What lies in a sealed file itself nobody can look for.
 */
export async function eraseFiles(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  const { rows } = await sql`select 1 from integrations.data_import where state in ('uploading', 'waiting', 'running') limit 1`.execute(
    ctx.db,
  );
  if (rows.length === 0) return;
  const values = await valuesOf(ctx, recordIds);
  await sql`
    update integrations.data_import d
       set erased = d.erased || array(select substring(sha256(convert_to(d.id::text || chr(10) || value, 'UTF8')) for 16) from unnest(${values}::text[]) value)
     where d.state in ('uploading', 'waiting', 'running')`.execute(ctx.db);
}
