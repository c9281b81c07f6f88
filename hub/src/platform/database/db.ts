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
import type { Client, Pool, PoolClient, QueryConfig, QueryResult as PgResult } from "pg";
import { noteStatement } from "../telemetry/count-statements.ts";
import type { DB } from "./tables.gen.ts";

/** The query builder over all modules' tables. Inside a command it stands on that command's transaction. */
export type Db = Kysely<DB>;

type Queryable = { query(config: QueryConfig): Promise<PgResult> };

const names = new Map<string, string>();

/**
 * One short name per statement text, so that every statement is prepared once per connection: planning costs several
 * times what execution does. The texts are those in the source, so the map stays as small as the source.
 */
function statementName(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `w${names.size}`;
    names.set(text, name);
  }
  return name;
}

function connectionOn(target: Queryable): DatabaseConnection {
  return {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      noteStatement();
      const result = await target.query({ name: statementName(query.sql), text: query.sql, values: [...query.parameters] });
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
  noteStatement();
  const result = await (target as Queryable).query({ name: statementName(text), text, values: [...values] }); // all three have this overload
  return result.rows;
}
