import {
  type CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from "kysely";
import pg, { type Client, type Pool, type PoolClient, type QueryResult as PgResult } from "pg";
import { noteStatement } from "../telemetry/count-statements.ts";
import { isStalePlan } from "./passing.ts";
import type { DB } from "./tables.gen.ts";

/** The query builder over all modules' tables. Inside a command it stands on that command's transaction. */
export type Db = Kysely<DB>;

type Queryable = Pool | PoolClient | Client;

const names = new Map<string, string>();
let given = 0;

/**
 * One short name per statement text, so that every statement is prepared once per connection: planning costs several
 * times what execution does. The texts are those in the source, so the map stays as small as the source.
 */
function statementName(text: string): string {
  return names.get(text) ?? nameAnew(text);
}

/** Under its new name a statement is prepared again, on every connection. */
function nameAnew(text: string): string {
  const name = `w${given++}`;
  names.set(text, name);
  return name;
}

/**
 * Sends one prepared statement. The query is made here and not by the driver from an object with its name: it copies such an object
 * property by property, 6 us for each statement.
 */
function ask(client: PoolClient | Client, text: string, values: readonly unknown[]): Promise<PgResult> {
  return new Promise<PgResult>((resolve, reject) => {
    // Without row mode the driver answers what it answers a promise, which its types do not say.
    const answer = (error: Error | null | undefined, result: unknown) => (error ? reject(error) : resolve(result as PgResult));
    client.query(Object.assign(new pg.Query(text, [...values], answer), { name: statementName(text) }));
  }).catch((error: unknown) => {
    if (isStalePlan(error)) nameAnew(text);
    if (error instanceof Error) Error.captureStackTrace(error); // where it was asked, not where the answer was parsed
    throw error;
  });
}

/** On any connection of a pool. One that failed otherwise than by what it was asked is not used again. */
async function askAny(pool: Pool, text: string, values: readonly unknown[]): Promise<PgResult> {
  const client = await pool.connect();
  let isBroken = true;
  try {
    const result = await ask(client, text, values);
    isBroken = false;
    return result;
  } catch (error) {
    isBroken = !(error instanceof pg.DatabaseError);
    throw error;
  } finally {
    client.release(isBroken);
  }
}

async function run(target: Queryable, text: string, values: readonly unknown[]): Promise<PgResult> {
  noteStatement();
  if (!(target instanceof pg.Pool)) return ask(target, text, values);
  try {
    return await askAny(target, text, values);
  } catch (error) {
    if (isStalePlan(error)) return askAny(target, text, values); // by itself it was a transaction, which has done nothing
    throw error;
  }
}

function connectionOn(target: Queryable): DatabaseConnection {
  return {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const result = await run(target, query.sql, query.parameters);
      return { rows: result.rows, numAffectedRows: BigInt(result.rowCount ?? 0) };
    },
    streamQuery() {
      throw new Error("streaming is done with a cursor of its own, not through the query builder");
    },
  };
}

function driverOn(target: Queryable): Driver {
  const connection = connectionOn(target);
  const noTransactions = async () => {
    throw new Error("transactions are opened by the hub, not by the query builder");
  };
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: noTransactions,
    commitTransaction: noTransactions,
    rollbackTransaction: noTransactions,
    releaseConnection: async () => {},
    destroy: async () => {},
  };
}

function builderOn(target: Queryable): Db {
  return new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driverOn(target),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}

const builders = new WeakMap<Pool | PoolClient, Db>();

/** The builder of a pool (each statement on any connection) or of one client (an open transaction). Made once for each. */
export function dbOn(target: Pool | PoolClient): Db {
  let builder = builders.get(target);
  if (!builder) {
    builder = builderOn(target);
    builders.set(target, builder);
  }
  return builder;
}

/** Runs one prepared statement of our own text with its values, past the query builder: for hot paths and SQL functions. */
export async function statement<Row>(target: Pool | PoolClient | Client, text: string, values: readonly unknown[]): Promise<Row[]> {
  const result = await run(target, text, values);
  return result.rows;
}
