import { parseArgs } from "node:util";
import { loadDemoOnce, type DemoLoad } from "../demo/load-once.ts";
import { migrationFolders } from "../modules.ts";
import { createLog, readConfig } from "../platform/index.ts";
import { migrate } from "../platform/migrations/index.ts";
import { withDatabase } from "./with-database.ts";

const USAGE = "npm run demo -- [--customers 100000] [--stores 300]";

/**
 * `npm run demo`: loads the demo chain, as big as wanted, into an empty database (`DATABASE_URL`, else the one under `WEFT_HOME`).
 * Exit code 2 for a wrong call and for a database that is not empty.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { customers: { type: "string" }, stores: { type: "string" } } });
  const customers = readNumber(values.customers);
  const stores = readNumber(values.stores);
  if (customers === null || stores === null) {
    fail(USAGE);
    return;
  }
  const config = readConfig({ ...process.env, WEFT_DEMO: "1" }, []);
  const log = createLog("warn");
  const load = await withDatabase(config, log, async (pool) => {
    await migrate(pool, migrationFolders(), log);
    return loadDemoOnce(pool, config, log, { ...(customers && { customers }), ...(stores && { stores }) });
  });
  if (load !== "loaded") fail(REFUSALS[load]);
}

const REFUSALS: Readonly<Record<Exclude<DemoLoad, "loaded">, string>> = {
  there_already: "This database has the demo already. For another size, take an empty one (DATABASE_URL or WEFT_HOME).",
  in_use: "This database holds a retailer's own data. Take an empty one for the demo (DATABASE_URL or WEFT_HOME).",
};

/** A whole number above zero; undefined when nothing was given, null when it is something else. */
function readNumber(text: string | undefined): number | undefined | null {
  if (text === undefined) return undefined;
  return /^[1-9]\d{0,7}$/.test(text) ? Number(text) : null;
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 2;
}

await main();
