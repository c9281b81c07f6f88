import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import { releaseOffers } from "./commands/offer.ts";

/** Erasure of a person: their lists with all that was in them, their links, what they waited for, and what is held for them. */
export async function eraseSaved(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  await sql`delete from saved.list where record_id = any (${recordIds}::uuid[])`.execute(ctx.db);
  await releaseOffers(ctx, sql`w.record_id = any (${recordIds}::uuid[])`);
  await sql`delete from saved.wish where record_id = any (${recordIds}::uuid[])`.execute(ctx.db);
}

/** What people have saved and wait for: given out on request, and compared before a merge and after its undoing. */
export async function savedHeldOf(ctx: Pick<Ctx, "db">, recordIds: readonly RecordId[]): Promise<unknown> {
  const { rows } = await sql<{ held: unknown }>`
    select jsonb_build_object(
      'lists', (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'record_id', l.record_id, 'name', l.name, 'version', l.version, 'is_shared', l.share_hash is not null,
                  'items', (select coalesce(jsonb_agg(to_jsonb(i) - 'list_id' order by i.added_at, i.id), '[]') from saved.item i where i.list_id = l.id)) order by l.id), '[]')
                  from saved.list l where l.record_id = any (${recordIds}::uuid[])),
      'wishes', (select coalesce(jsonb_agg(to_jsonb(w) order by w.id), '[]') from saved.wish w where w.record_id = any (${recordIds}::uuid[]))) as held`.execute(
    ctx.db,
  );
  return rows[0]?.held;
}
