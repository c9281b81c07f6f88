import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";

/** Deletes the seams that one of these people's records is a side of. */
export async function eraseSeams({ db }: Pick<Ctx, "db">, recordIds: readonly RecordId[]): Promise<void> {
  const ids = sql`${[...recordIds]}::uuid[]`;
  await sql`delete from insights.seam where to_record_id = any(${ids}) or from_record_id = any(${ids})`.execute(db);
}
