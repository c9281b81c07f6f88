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

/** Where one after the other is filled: the others go with the server. The server waits for connections that are about to end; to end them by force would throw in them. */
export async function dropDatabase({ options: { host, user, database } }: pg.Pool): Promise<void> {
  const client = new pg.Client({ host, user, database: "postgres" });
  await client.connect();
  await client.query(`drop database ${database}`);
  await client.end();
}

async function cloneDatabase(template: string): Promise<TestDatabase> {
  const host = inject("databaseHost");
  const name = `t_${randomBytes(8).toString("hex")}`;
  const client = new pg.Client({ host, user: "weft", database: "postgres" });
  await client.connect();
  await client.query(`create database ${name} template ${template} strategy wal_log`);
  await client.end();
  return {
    name,
    host,
    connectionString: `postgresql:///${name}?host=${host}&user=weft`,
    poolConfig: { host, user: "weft", database: name, types: TYPE_PARSERS, pipeline: true },
  };
}
