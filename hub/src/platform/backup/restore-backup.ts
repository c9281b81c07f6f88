import { once } from "node:events";
import { finished } from "node:stream/promises";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { closeConnection, openConnection } from "../database/connection.ts";
import { migrateJobs } from "../jobs/start-jobs.ts";
import { applyIn, MIGRATION_LOCK, migrate, RUNNER_TABLE } from "../migrations/migrate.ts";
import { readMigrations, type Migration, type MigrationFolder } from "../migrations/files.ts";
import type { Log } from "../telemetry/log.ts";
import type { Vault } from "../vault.ts";
import { readBackupFile, type FileTable } from "./backup-file.ts";
import { listForeignKeys, listPartitions, listSequences, listTables, listTriggered } from "./catalog.ts";
import { BackupError } from "./errors.ts";
import { columnsOf, FORMAT, nameOf, quoted, type BackupHeader } from "./take-backup.ts";

export type RestoreParts = {
  readonly pool: pg.Pool;
  readonly path: string;
  readonly folders: readonly MigrationFolder[];
  /** Made of the secret that this installation will run with. */
  readonly vault: Vault;
  readonly log: Log;
  /** What is to be done before a hub may start: kept with the data, and done by `finishRestore`. */
  readonly afterwards: { readonly erasedRecordIds: readonly string[] };
  /** Tables done, of how many. */
  readonly onProgress?: (done: number, of: number) => void;
};

export type Restored = { readonly takenAt: string; readonly version: string; readonly epoch: number; readonly migratedForward: number };

/**
 * Fills an empty database with what a backup holds, in the state of migrations that the file has, in one transaction: cut off anywhere,
 * the database is as empty as before [BAK-3]. Then migrates it forward to this version. The epoch rises by one [BAK-4].
 * Errors: `BackupError` when the file is damaged or newer, the database is not empty, or the secret is not the one of the file.
 */
export async function restoreBackup(parts: RestoreParts): Promise<Restored> {
  const path = resolve(parts.path);
  const header = await verify(path);
  const steps = stepsTo(header, parts.folders);
  await refuseFilled(parts.pool);
  await migrateJobs(parts.pool, parts.log); // its own tables, made by the queue itself; a database with nothing else counts as empty
  const client = await openConnection(parts.pool, "restore");
  let isLost = false;
  client.once("error", () => (isLost = true));
  try {
    await client.query(`
      set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0; set client_min_messages = warning;
      set datestyle = 'ISO, YMD'; set timezone = 'UTC'`);
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await refuseFilled(client);
    await refuseOlderServer(client, header);
    await buildTables(client, steps, header);
    await fill(client, path, header, parts);
    await refuseOtherSecret(client, parts.vault);
    const epoch = await beginEpoch(client, parts.afterwards);
    await client.query("commit");
    const applied = await migrate(parts.pool, parts.folders, parts.log);
    return { takenAt: header.takenAt, version: header.version, epoch, migratedForward: applied.length };
  } catch (error) {
    if (!isLost && !isFatal(error) && !(error instanceof BackupError || error instanceof pg.DatabaseError)) await isEnded(client);
    throw isLost || isFatal(error) ? connectionLost(error) : error;
  } finally {
    await closeConnection(client);
  }
}

/** The database says so itself before it closes a connection; which of the two is heard first is a race. */
function isFatal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("severity" in error && error.severity === "FATAL") || isFatal(error.cause);
}

/** A stream of rows breaks on a lost connection a moment before the connection says that it is lost. */
async function isEnded(client: pg.Client): Promise<void> {
  await Promise.race([once(client, "end"), sleep(1000)]).catch(() => undefined);
}

function connectionLost(cause: unknown): BackupError {
  return new BackupError("The connection to the database was lost in the middle. Nothing of the file is there: restore it again.", {
    cause,
  });
}

/** Reads the whole file before anything is changed, so that a damaged one changes nothing. */
async function verify(path: string): Promise<BackupHeader> {
  let header: BackupHeader | undefined;
  for await (const frame of readBackupFile(path)) {
    if (frame.kind !== "header") {
      if (!header) throw new BackupError(`${path} is no backup of Weft.`);
      continue;
    }
    header = frame.header as BackupHeader; // written by `takeBackup`; its format is looked at next
    if (header.weftBackup !== FORMAT)
      throw new BackupError(
        `${path} was made by a later version of Weft (${header.version}), whose format this one does not know. Restore it with that version.`,
      );
  }
  if (!header) throw new BackupError(`${path} is no backup of Weft.`);
  return header;
}

/** The migrations that the file's database had, in the order in which a new one gets them. */
function stepsTo(header: BackupHeader, folders: readonly MigrationFolder[]): Migration[] {
  const all = folders.flatMap((folder) => readMigrations(folder));
  const own = new Map(all.map((step) => [`${step.module} ${step.number}`, step]));
  for (const { module, number, name, sha256 } of header.migrations) {
    const known = own.get(`${module} ${number}`);
    if (!known)
      throw new BackupError(
        `The file was made by a later version of Weft (${header.version}): this one does not have ${module} ${name}. Restore it with that version or a later one.`,
      );
    if (known.sha256 !== sha256)
      throw new BackupError(
        `The file was made with another ${module} ${name} than this version has. Restore it with the version that made it (${header.version}).`,
      );
  }
  const had = new Set(header.migrations.map(({ module, number }) => `${module} ${number}`));
  return all.filter(({ module, number }) => had.has(`${module} ${number}`));
}

async function refuseFilled(target: pg.Pool | pg.Client): Promise<void> {
  const { rows } = await target.query<{ name: string }>(`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema', 'jobs') limit 1`);
  if (rows[0])
    throw new BackupError(
      `The database is not empty: it has ${rows[0].name}. Restore into a new one (DATABASE_URL, or WEFT_HOME with a folder that does not exist yet).`,
    );
}

async function refuseOlderServer(client: pg.Client, { postgres }: BackupHeader): Promise<void> {
  const { rows } = await client.query<{ version: number }>("select current_setting('server_version_num')::integer as version");
  const major = (version: number): number => Math.floor(version / 10_000);
  const here = major(rows[0]?.version ?? 0);
  if (here < major(postgres))
    throw new BackupError(`The file comes from PostgreSQL ${major(postgres)}, this is ${here}: take the same or a later one.`);
}

async function buildTables(client: pg.Client, steps: readonly Migration[], header: BackupHeader): Promise<void> {
  await client.query(RUNNER_TABLE);
  for (const name of new Set(steps.map(({ module }) => module))) await client.query(`create schema if not exists ${quoted(name)}`);
  for (const step of steps) await applyIn(client, step);
  await takePartitions(client, header);
}

/** New tables have the partitions of today, those of the file are of its own days. */
async function takePartitions(client: pg.Client, header: BackupHeader): Promise<void> {
  for (const { schema, name, parent } of await listPartitions(client)) {
    await client.query(`alter table ${nameOf(parent)} detach partition ${nameOf({ schema, name })}`);
    await client.query(`drop table ${nameOf({ schema, name })}`);
  }
  for (const { schema, name, parent, bound } of header.partitions)
    await client.query(`create table ${nameOf({ schema, name })} partition of ${nameOf(parent)} ${bound}`);
}

async function fill(client: pg.Client, path: string, header: BackupHeader, { onProgress }: RestoreParts): Promise<void> {
  const keys = await listForeignKeys(client);
  const triggered = await listTriggered(client);
  const tables = await listTables(client);
  // Keys are asked once for all rows at the end, and triggers not at all: they judge single changes.
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${quoted(name)}`);
  for (const table of triggered) await client.query(`alter table ${table} disable trigger user`);
  await client.query(`truncate ${tables.map(nameOf).join(", ")}`); // what migrations have put in is in the file, as it became
  await copyTables(client, path, header, onProgress);
  for (const table of triggered) await client.query(`alter table ${table} enable trigger user`);
  for (const { table, name, definition } of keys) await client.query(`alter table ${table} add constraint ${quoted(name)} ${definition}`);
  await setSequences(client, header);
  // Nobody of those who were there is here.
  await client.query("truncate platform.node, platform.job_worker");
  for (const { name, payload, runAt, maxAttempts, key } of header.jobs)
    await client.query(
      "select jobs.add_job(identifier => $1, payload => $2::json, run_at => $3::timestamptz, max_attempts => $4, job_key => $5)",
      [name, JSON.stringify(payload), runAt, maxAttempts, key],
    );
}

async function copyTables(client: pg.Client, path: string, header: BackupHeader, onProgress: RestoreParts["onProgress"]): Promise<void> {
  let into: ReturnType<typeof openCopy> | undefined;
  let done = 0;
  for await (const frame of readBackupFile(path)) {
    if (frame.kind === "table") into = openCopy(client, frame.table);
    else if (frame.kind === "data") await into?.write(frame.bytes);
    else if (frame.kind === "table end") {
      await into?.end();
      onProgress?.(++done, header.tables.length);
    }
  }
}

function openCopy(client: pg.Client, table: FileTable) {
  const rows = client.query(copyFrom(`copy ${nameOf(table)} (${columnsOf(table)}) from stdin`));
  const ended = finished(rows);
  let isBroken = false;
  ended.catch(() => (isBroken = true)); // told by whoever writes next, or by `end`
  return {
    async write(bytes: Buffer): Promise<void> {
      // A stream that broke has no connection any more, and writing to it would hide why.
      if (isBroken) await ended;
      // Room comes, or the database says why it takes no more.
      if (!rows.write(bytes)) await Promise.race([once(rows, "drain"), ended]);
    },
    async end(): Promise<void> {
      if (!isBroken) rows.end();
      await ended.catch((error: unknown) => {
        throw new BackupError(`${nameOf(table)} could not be filled: ${error instanceof Error ? error.message : "unknown"}`, {
          cause: error,
        });
      });
    },
  };
}

async function setSequences(client: pg.Client, header: BackupHeader): Promise<void> {
  const last = new Map(header.sequences.map(({ schema, name, lastValue }) => [`${schema}.${name}`, lastValue]));
  for (const { schema, name } of await listSequences(client)) {
    const value = last.get(`${schema}.${name}`) ?? null;
    if (value === null) await client.query(`alter sequence ${nameOf({ schema, name })} restart`);
    else await client.query("select setval($1::regclass, $2::bigint, true)", [nameOf({ schema, name }), value]);
  }
}

/** What is sealed in the database stays closed under another secret: better told now than by a hub that cannot start. */
async function refuseOtherSecret(client: pg.Client, vault: Vault): Promise<void> {
  const { rows } = await client.query<{ sealed: string }>("select private_sealed as sealed from platform.signing_key where is_current");
  if (rows[0] && vault.open(rows[0].sealed) === null)
    throw new BackupError(
      "The file was made under another secret. Set WEFT_SECRET to that of the installation (or put its file `secret` into WEFT_HOME), and restore again.",
    );
}

async function beginEpoch(client: pg.Client, afterwards: RestoreParts["afterwards"]): Promise<number> {
  const { rows } = await client.query<{ epoch: number }>(
    "update platform.installation set epoch = epoch + 1, restored_at = now(), after_restore = $1 returning epoch",
    [JSON.stringify(afterwards)],
  );
  if (!rows[0]) throw new BackupError("The file does not say which installation it is of.");
  return rows[0].epoch;
}
