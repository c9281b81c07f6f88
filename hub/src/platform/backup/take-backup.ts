import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { closeConnection, openConnection } from "../database/connection.ts";
import { MIGRATION_LOCK } from "../migrations/migrate.ts";
import { writeBackupFile, type BackupWriter, type FileTable } from "./backup-file.ts";
import {
  listJobs,
  listMigrations,
  listPartitions,
  listSequences,
  listTables,
  type AppliedMigration,
  type Partition,
  type SequenceState,
  type WaitingJob,
} from "./catalog.ts";
import { BackupError } from "./errors.ts";

/** The format of the file; one that is higher was made by a later hub. */
export const FORMAT = 1;

/** What stands before the rows. */
export type BackupHeader = {
  readonly weftBackup: typeof FORMAT;
  readonly version: string;
  readonly takenAt: string;
  /** `server_version_num`. */
  readonly postgres: number;
  readonly epoch: number;
  readonly migrations: readonly AppliedMigration[];
  readonly partitions: readonly Partition[];
  readonly sequences: readonly SequenceState[];
  readonly jobs: readonly WaitingJob[];
  readonly tables: readonly string[];
};

export type TakenBackup = { readonly path: string; readonly bytes: number; readonly sha256: string; readonly tables: number };

export type BackupParts = {
  readonly pool: pg.Pool;
  readonly path: string;
  readonly version: string;
  readonly signal?: AbortSignal;
  /** Tables done, of how many. */
  readonly onProgress?: (done: number, of: number) => void;
};

/** A partition that the clock drops between the look and the lock makes the look wrong: it is taken again. */
const MOST_TRIES = 5;

/**
 * Writes everything that the database holds at one moment into a file, while the hub works on [BAK-1]. The rows go through in pieces, so
 * memory does not grow with them. The file takes its name when it is whole and on the disk [BAK-2]. Errors: `BackupError`.
 */
export async function takeBackup(parts: BackupParts): Promise<TakenBackup> {
  const path = resolve(parts.path);
  const client = await openConnection(parts.pool, "backup");
  const file = writeBackupFile(path);
  try {
    // Without the limits of requests: reading everything takes its time.
    await client.query(`
      set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0; set datestyle = 'ISO, YMD'; set timezone = 'UTC'`);
    // A migration waits for the backup instead of waiting for one of its tables, before which every request would wait too.
    await client.query("select pg_advisory_lock_shared($1)", [MIGRATION_LOCK]);
    const header = await openSnapshot(client, parts.version);
    const tables = await listTables(client);
    await file.header(header);
    for (const [index, table] of tables.entries()) {
      parts.onProgress?.(index, tables.length);
      await copyTable(client, file, table, parts.signal);
    }
    await client.query("commit");
    const { sha256 } = await file.end();
    return { path, bytes: (await stat(path)).size, sha256, tables: tables.length };
  } catch (error) {
    await file.discard();
    throw error instanceof BackupError ? error : new BackupError(`The backup was not taken: ${reasonOf(error)}`, { cause: error });
  } finally {
    await closeConnection(client);
  }
}

/** Opens a snapshot whose tables stay as they are until it ends, and describes them. */
async function openSnapshot(client: pg.Client, version: string): Promise<BackupHeader> {
  for (let tries = 1; ; tries++) {
    await client.query("begin isolation level repeatable read read only");
    const header = await describe(client, version);
    try {
      await client.query(`lock table ${header.tables.join(", ")} in access share mode`);
      return header;
    } catch (error) {
      await client.query("rollback");
      if (tries === MOST_TRIES) throw error;
    }
  }
}

async function describe(client: pg.Client, version: string): Promise<BackupHeader> {
  const { rows } = await client.query<{ postgres: number; epoch: number; at: Date }>(
    "select current_setting('server_version_num')::integer as postgres, epoch, now() as at from platform.installation",
  );
  const [installation] = rows;
  if (!installation) throw new BackupError("This database has no Weft in it, or one that no hub has migrated yet.");
  const tables = await listTables(client);
  return {
    weftBackup: FORMAT,
    version,
    takenAt: installation.at.toISOString(),
    postgres: installation.postgres,
    epoch: installation.epoch,
    migrations: await listMigrations(client),
    partitions: await listPartitions(client),
    sequences: await listSequences(client),
    jobs: await listJobs(client),
    tables: tables.map(nameOf),
  };
}

async function copyTable(client: pg.Client, file: BackupWriter, table: FileTable, signal: AbortSignal | undefined): Promise<void> {
  await file.table(table);
  const rows = client.query(copyTo(`copy ${nameOf(table)} (${columnsOf(table)}) to stdout`));
  for await (const piece of rows) {
    signal?.throwIfAborted();
    await file.data(piece as Buffer); // COPY gives bytes
  }
  await file.tableEnd();
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const nameOf = ({ schema, name }: { readonly schema: string; readonly name: string }): string => `${quoted(schema)}.${quoted(name)}`;
export const columnsOf = ({ columns }: FileTable): string => columns.map(quoted).join(", ");

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  if ("code" in error && error.code === "42P01") return "this database has no Weft in it, or one that this version has not migrated yet";
  return error.message;
}
