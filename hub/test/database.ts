import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { TYPE_PARSERS } from "../src/platform/database/type-parsers.ts";

/** A migrated, empty database of a test file's own. It is never dropped: the server is thrown away after the run. */
export type TestDatabase = {
  readonly name: string;
  /** The server's socket folder, as `pg` takes a host. */
  readonly host: string;
  /** For whatever wants a `DATABASE_URL`. */
  readonly connectionString: string;
  /** For `new pg.Pool`: the same database, with the hub's type parsers and its way to send. */
  readonly poolConfig: {
    readonly host: string;
    readonly user: string;
    readonly database: string;
    readonly types: pg.CustomTypesConfig;
    readonly pipeline: true;
  };
};

/** Clones the migrated template. Call it once in a file, in `beforeAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  return cloneDatabase("template_weft");
}

/** An empty database, not migrated. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return cloneDatabase("template1");
}

/**
 * Clones a template of this name. The first file that wants it has it made, of the migrated one by `fill`, which ends every connection
 * that it opens; the others, also those of the other worker, wait for it and pay for nothing but their copy.
 */
export async function filledDatabase(template: string, fill: (empty: TestDatabase) => Promise<void>): Promise<TestDatabase> {
  await onServer(async (client) => {
    await client.query("select pg_advisory_lock(hashtext($1))", [template]); // let go with the connection
    const { rowCount } = await client.query("select from pg_database where datname = $1", [template]);
    if (rowCount !== 0) return;
    const filled = await testDatabase();
    await fill(filled);
    await client.query(`alter database ${filled.name} rename to ${template}`);
  });
  return cloneDatabase(template);
}

/** Where one after the other is filled: the others go with the server. The server waits for connections that are about to end; to end them by force would throw in them. */
export async function dropDatabase({ options: { database } }: pg.Pool): Promise<void> {
  await onServer((client) => client.query(`drop database ${database}`));
}

async function cloneDatabase(template: string): Promise<TestDatabase> {
  const host = inject("databaseHost");
  const name = `t_${randomBytes(8).toString("hex")}`;
  await onServer((client) => client.query(`create database ${name} template ${template} strategy wal_log`));
  return {
    name,
    host,
    connectionString: `postgresql:///${name}?host=${host}&user=weft`,
    poolConfig: { host, user: "weft", database: name, types: TYPE_PARSERS, pipeline: true },
  };
}

/** Asks the server itself, and not one of its databases. */
async function onServer(ask: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ host: inject("databaseHost"), user: "weft", database: "postgres" });
  await client.connect();
  try {
    await ask(client);
  } finally {
    await client.end();
  }
}
