import { findRemnants } from "../erasure-check.ts";
import { createLog, readConfig } from "../platform/index.ts";
import { withDatabase } from "./with-database.ts";

/**
 * `npm run erasure-check -- VALUE...`: searches the whole database for values of an erased person, in all the forms in which the hub
 * may hold them. Exit code 1 when one is found. It prints where, never what.
 */
async function main(): Promise<void> {
  const values = process.argv.slice(2).filter((value) => value.trim() !== "");
  if (values.length === 0) {
    process.stderr.write("Give the values to look for: npm run erasure-check -- name@example.com +33612345678\n");
    process.exitCode = 2;
    return;
  }
  const remnants = await withDatabase(readConfig(process.env, []), createLog("warn"), (pool) => findRemnants(pool, values));
  for (const { column, rows } of remnants) process.stdout.write(`FOUND  ${column}  in ${rows} ${rows === 1 ? "row" : "rows"}\n`);
  process.stdout.write(
    remnants.length === 0 ? "Nothing found: no column of any schema holds these values.\n" : `Found in ${remnants.length} columns.\n`,
  );
  process.exitCode = remnants.length === 0 ? 0 : 1;
}

await main();
