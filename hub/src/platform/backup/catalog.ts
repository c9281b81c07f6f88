import type { ClientBase } from "pg";
import type { FileTable } from "./backup-file.ts";

/** What is not the hub's own: the server's schemas, and the job queue, whose jobs are carried over one by one. */
const OWN_SCHEMA = "n.nspname not in ('pg_catalog', 'information_schema', 'jobs') and n.nspname !~ '^pg_'";
const NOT_OF_EXTENSION = (oid: string) => `not exists (select from pg_depend d where d.objid = ${oid} and d.deptype = 'e')`;

/** A partition of a table: partitions are made by the clock, so those of a file are others than those of a new database. */
export type Partition = {
  readonly schema: string;
  readonly name: string;
  readonly parent: { readonly schema: string; readonly name: string };
  readonly bound: string;
};

export type SequenceState = { readonly schema: string; readonly name: string; readonly lastValue: string | null };

/** A migration as the database has it applied. */
export type AppliedMigration = { readonly module: string; readonly number: number; readonly name: string; readonly sha256: string };

/** A job of the queue that has not run yet. */
export type WaitingJob = {
  readonly name: string;
  readonly payload: unknown;
  readonly runAt: string;
  readonly maxAttempts: number;
  readonly key: string | null;
};

/** The tables that hold rows, each partition by itself. Unlogged ones hold what a crash may take, so they are left out. Generated columns make themselves. */
export async function listTables(client: ClientBase): Promise<FileTable[]> {
  const { rows } = await client.query<FileTable>(`
    select n.nspname as schema, c.relname as name,
           array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '') as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and c.relpersistence = 'p' and ${OWN_SCHEMA} and ${NOT_OF_EXTENSION("c.oid")}
     group by 1, 2 order by 1, 2`);
  return rows;
}

export async function listPartitions(client: ClientBase): Promise<Partition[]> {
  const { rows } = await client.query<Partition>(`
    select n.nspname as schema, c.relname as name, pg_get_expr(c.relpartbound, c.oid) as bound,
           json_build_object('schema', pn.nspname, 'name', p.relname) as parent
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
     where c.relispartition and c.relkind in ('r', 'p') and ${OWN_SCHEMA} order by 1, 2`);
  return rows;
}

/** Sequences are not part of a snapshot: read inside of one they are at most further on, never behind. */
export async function listSequences(client: ClientBase): Promise<SequenceState[]> {
  const { rows } = await client.query<SequenceState>(`
    select n.nspname as schema, c.relname as name, pg_sequence_last_value(c.oid)::text as "lastValue"
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'S' and ${OWN_SCHEMA} and ${NOT_OF_EXTENSION("c.oid")} order by 1, 2`);
  return rows;
}

export async function listMigrations(client: ClientBase): Promise<AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(
    "select module, number, name, sha256 from platform.migration order by module, number",
  );
  return rows;
}

/** What of the clock waits is left out: the clock makes it again. */
export async function listJobs(client: ClientBase): Promise<WaitingJob[]> {
  const { rows: there } = await client.query("select from pg_tables where schemaname = 'jobs' and tablename = '_private_jobs'");
  if (there.length === 0) return [];
  const { rows } = await client.query<WaitingJob>(`
    select t.identifier as name, j.payload, to_json(j.run_at) #>> '{}' as "runAt", j.max_attempts as "maxAttempts", j.key
      from jobs._private_jobs j join jobs._private_tasks t on t.id = j.task_id
     where j.attempts < j.max_attempts and not j.payload::jsonb ? '_cron' order by j.id`);
  return rows;
}

/** Foreign keys of the hub's tables as they are declared, those of partitions being part of their parent's. */
export async function listForeignKeys(client: ClientBase): Promise<{ table: string; name: string; definition: string }[]> {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(`
    select format('%I.%I', n.nspname, c.relname) as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.contype = 'f' and k.conparentid = 0 and ${OWN_SCHEMA} order by 1, 2`);
  return rows;
}

/** Tables with triggers of our own: they judge single changes, not the return of what was. */
export async function listTriggered(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ table: string }>(`
    select distinct format('%I.%I', n.nspname, c.relname) as table
      from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where not g.tgisinternal and ${OWN_SCHEMA}`);
  return rows.map(({ table }) => table);
}
