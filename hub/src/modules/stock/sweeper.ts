import type { Pool } from "pg";
import { statement, type Log, type Running } from "../../platform/index.ts";

const EVERY_MS = 1000;
const MOST_AT_ONCE = 200;

/** Tidies up expired holds every second, so that open screens hear of free units and the set stays small. No figure waits for it [STK-4]. */
export function startHoldSweeper(pool: Pool, log: Pick<Log, "error">): Running {
  let last = Promise.resolve();
  const timer = setInterval(() => {
    last = last.then(async () => {
      await statement(pool, "select stock.sweep($1)", [MOST_AT_ONCE]).catch((error: unknown) =>
        log.error({ err: error }, "expired holds could not be tidied up"),
      );
    });
  }, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await last;
    },
  };
}
