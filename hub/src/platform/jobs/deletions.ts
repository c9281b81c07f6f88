import { sql } from "kysely";
import type { Db } from "../database/db.ts";

type Reader = { readonly db: Db };

/**
 * Keeps how many rows of which table this transaction of a job deleted, as the database itself counted them; a partition counts for its
 * table. Asked last in the transaction, so that both stay or neither.
 */
export async function noteDeletions({ db }: Reader, job: string): Promise<void> {
  await sql`
    insert into platform.deletion (job, table_name, day, rows)
    select ${job}, coalesce(parent.oid, s.relid)::regclass::text, (now() at time zone 'utc')::date, sum(s.n_tup_del)
      from pg_stat_xact_user_tables s left join pg_inherits i on i.inhrelid = s.relid left join pg_class parent on parent.oid = i.inhparent
     where s.n_tup_del > 0 and s.schemaname <> 'jobs' group by 2
    on conflict (job, table_name, day) do update set rows = platform.deletion.rows + excluded.rows`.execute(db);
}

/** Keeps that a job came to its end. */
export async function noteRun({ db }: Reader, job: string): Promise<void> {
  await sql`
    insert into platform.job_run (job, ended_at) values (${job}, now()) on conflict (job) do update set ended_at = excluded.ended_at`.execute(
    db,
  );
}

/** What jobs deleted in the last days, and when each last came to its end. */
export type DeletionReport = {
  /** Rows by `job table`. */
  readonly rows: ReadonlyMap<string, number>;
  readonly endedAt: ReadonlyMap<string, Date>;
};

export async function deletionsOf({ db }: Reader, days: number): Promise<DeletionReport> {
  const deleted = await sql<{ key: string; rows: number }>`
    select job || ' ' || table_name as key, sum(rows)::bigint as rows from platform.deletion
     where day > (now() at time zone 'utc')::date - ${days}::integer group by 1`.execute(db);
  const runs = await sql<{ job: string; endedAt: Date }>`select job, ended_at as "endedAt" from platform.job_run`.execute(db);
  return {
    rows: new Map(deleted.rows.map(({ key, rows }) => [key, rows])),
    endedAt: new Map(runs.rows.map(({ job, endedAt }) => [job, endedAt])),
  };
}
