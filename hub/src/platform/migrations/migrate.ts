import { escapeIdentifier, type ClientBase, type Pool, type PoolClient } from "pg";
import type { BaseLogger } from "pino";
import { readMigrations, type Migration, type MigrationFolder } from "./files.ts";

/** A migration that this call has applied. */
export type AppliedMigration = Pick<Migration, "module" | "number" | "name">;

type AppliedRow = { readonly module: string; readonly number: number; readonly name: string; readonly sha256: string };

/** Any fixed number: the lock under which one node migrates and the others wait. Who reads everything holds it shared meanwhile. */
export const MIGRATION_LOCK = 4_400_002;

/**
 * Brings the database to the state that the files describe, and answers with what it applied: each file in a transaction of its own,
 * all of one module before the next, in the order of `folders`. Each module's schema is made before its first file. Nodes that start together wait for each other.
 * What a newer node has applied and this one does not know stays untouched: hub n-1 runs beside n.
 * Throws when an applied file has changed or a new one comes before an applied one, before anything is applied; and when a file
 * fails, with its name: that one is rolled back, those before it stay.
 */
export async function migrate(pool: Pool, folders: readonly MigrationFolder[], log: Pick<BaseLogger, "info">): Promise<AppliedMigration[]> {
  const client = await pool.connect();
  try {
    await client.query(
      "set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0; set client_min_messages = warning",
    );
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await client.query(RUNNER_TABLE);
    const { rows } = await client.query<AppliedRow>("select module, number, name, sha256 from platform.migration");
    const pending = folders.flatMap((folder) =>
      pendingOf(
        readMigrations(folder),
        rows.filter((row) => row.module === folder.name),
      ),
    );
    for (const name of new Set(pending.map((migration) => migration.module)))
      await client.query(`create schema if not exists ${escapeIdentifier(name)}`);
    for (const migration of pending) await apply(client, migration);
    if (pending.length > 0) log.info({ applied: pending.length }, "Migrated the database");
    return pending.map(({ module, number, name }) => ({ module, number, name }));
  } finally {
    client.release(true); // its settings and its lock end with the connection
  }
}

/** The table of what is applied, which the runner makes itself. */
export const RUNNER_TABLE = `
  create schema if not exists platform;
  create table if not exists platform.migration (
    module      text not null,
    number      integer not null,
    name        text not null,
    sha256      text not null,
    applied_at  timestamptz not null default now(),
    primary key (module, number)
  )`;

/** The files of one module that are not applied yet. Pure, so that every refusal comes before the first change. */
export function pendingOf(files: readonly Migration[], applied: readonly AppliedRow[]): Migration[] {
  const byNumber = new Map(applied.map((row) => [row.number, row]));
  const last = Math.max(0, ...byNumber.keys());
  return files.filter((file) => {
    const row = byNumber.get(file.number);
    if (row && row.sha256 !== file.sha256) {
      throw new Error(
        `${file.module}: ${row.name} is applied and has changed since. Put it back as it was, and make the change in a new migration.`,
      );
    }
    if (!row && file.number < last) {
      throw new Error(`${file.module}: ${file.name} comes before number ${last}, which is applied. Give it the next number.`);
    }
    return !row;
  });
}

async function apply(client: PoolClient, migration: Migration): Promise<void> {
  try {
    await client.query("begin");
    await applyIn(client, migration);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  }
}

/** Applies a migration in the transaction that is open. Throws with its name and the line that failed. */
export async function applyIn(client: ClientBase, { module, number, name, sql, sha256 }: Migration): Promise<void> {
  try {
    await client.query(sql);
    await client.query("insert into platform.migration (module, number, name, sha256) values ($1, $2, $3, $4)", [
      module,
      number,
      name,
      sha256,
    ]);
  } catch (error) {
    throw new Error(`${module}: ${name} failed${lineOf(sql, error)}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** PostgreSQL tells the character at which a statement went wrong (from 1); a person wants the line. */
function lineOf(sql: string, error: unknown): string {
  const position = error instanceof Error && "position" in error ? Number(error.position) : Number.NaN;
  return Number.isNaN(position) ? "" : ` at line ${sql.slice(0, position).split("\n").length}`;
}
