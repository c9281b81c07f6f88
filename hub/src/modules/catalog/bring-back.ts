import type { Pool } from "pg";
import { statement, type Log, type Running } from "../../platform/index.ts";

const EVERY_MS = 1000;
const MOST_AT_ONCE = 200;

/** Ends every second what was sold out until a time that has passed, so that open screens hear of it. Readers knew already [CAT-3]. */
export function startBringingBack(pool: Pool, log: Pick<Log, "error">): Running {
  let last = Promise.resolve();
  const timer = setInterval(() => {
    last = last.then(async () => {
      await statement(pool, "select catalog.bring_back($1)", [MOST_AT_ONCE]).catch((error: unknown) =>
        log.error({ err: error }, "sold-out marks could not be ended"),
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
