import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { forgetNobodies, oldNobodies } from "./modules/customers/index.ts";
import { job, type Job, type ReadCtx } from "./platform/index.ts";

const MOST_AT_ONCE = 1000;

/**
 * Forgets visitors and anonymous buyers of whom no module holds anything any more: no cart, no touchpoint, no order. Which tables name a
 * record is read from the catalog of the database, so that a new module is asked without being told.
 */
export const nobodiesJob: Job = job(
  "customers.forget_nobodies",
  async (ctx) => {
    const holders = await holdersOfRecords(ctx.read);
    let after: RecordId | null = null;
    while (!ctx.signal.aborted) {
      const old: RecordId[] = await oldNobodies(ctx.read, after, MOST_AT_ONCE);
      if (old.length === 0) return;
      await ctx.write(async (own) => forgetNobodies(own, await heldByNone(own, holders, old)));
      after = old.at(-1) ?? null;
    }
  },
  { cron: "53 3 * * *" },
);

type Holder = { readonly table: string; readonly column: string };

/** The columns outside of `customers` that name a record: `record_id`, and with a word before it. */
async function holdersOfRecords(ctx: Pick<ReadCtx, "db">): Promise<readonly Holder[]> {
  const { rows } = await sql<Holder>`
    select n.nspname || '.' || c.relname as "table", a.attname as "column"
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname <> 'customers'
       and a.attname ~ '(^|_)record_id$' and a.atttypid = 'uuid'::regtype and not a.attisdropped order by 1, 2`.execute(ctx.db);
  return rows;
}

async function heldByNone(ctx: Pick<ReadCtx, "db">, holders: readonly Holder[], recordIds: readonly RecordId[]): Promise<RecordId[]> {
  let left = [...recordIds];
  for (const { table, column } of holders) {
    if (left.length === 0) return left;
    const { rows } = await sql<{ id: RecordId }>`
      select distinct ${sql.ref(column)} as id from ${sql.table(table)} where ${sql.ref(column)} = any(${left}::uuid[])`.execute(ctx.db);
    const held = new Set(rows.map(({ id }) => id));
    left = left.filter((id) => !held.has(id));
  }
  return left;
}
