import type { Pool } from "pg";
import { startEvery, statement, type Log, type Running } from "../../platform/index.ts";

const EVERY_MS = 1000;
const MOST_AT_ONCE = 200;

/** Tidies up expired holds every second, so that open screens hear of free units and the set stays small. No figure waits for it [STK-4]. */
export function startHoldSweeper(pool: Pool, log: Pick<Log, "error">): Running {
  const sweep = () => statement(pool, "select stock.sweep($1)", [MOST_AT_ONCE]);
  return startEvery(EVERY_MS, sweep, (error) => log.error({ err: error }, "expired holds could not be tidied up"));
}
