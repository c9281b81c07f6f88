import pg from "pg";
import type { Config } from "../config.ts";
import { TYPE_PARSERS } from "./type-parsers.ts";

/**
 * The pool of API and worker connections. A lock is waited for 2 s, a statement may take 10 s, and a transaction that
 * forgets itself ends after 10 s, so that one stuck request never holds the others.
 */
export function openPool(databaseUrl: string, config: Pick<Config, "poolSize">, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    types: TYPE_PARSERS,
    max: config.poolSize,
    // Statements that do not wait for each other share a round trip: begin with the first, the last with the commit.
    pipeline: true,
    application_name: "weft",
    options: "-c lock_timeout=2s -c statement_timeout=10s -c idle_in_transaction_session_timeout=10s -c timezone=UTC",
  });
  pool.on("error", onError);
  // A connection that breaks while in use fails its statement, which its user hears; unheard, the same error would end the process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
