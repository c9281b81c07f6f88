import type { Pool } from "pg";
import { startEvery, statement, type Log, type Running } from "../../platform/index.ts";

const EVERY_MS = 1000;
const MOST_AT_ONCE = 200;

/** Ends every second what was sold out until a time that has passed, so that open screens hear of it. Readers knew already [CAT-3]. */
export function startBringingBack(pool: Pool, log: Pick<Log, "error">): Running {
  const bringBack = () => statement(pool, "select catalog.bring_back($1)", [MOST_AT_ONCE]);
  return startEvery(EVERY_MS, bringBack, (error) => log.error({ err: error }, "sold-out marks could not be ended"));
}
