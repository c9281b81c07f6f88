import { INVARIANTS } from "../invariants.ts";
import { checkInvariants, createLog, readConfig, type InvariantReport } from "../platform/index.ts";
import { withDatabase } from "./with-database.ts";

/** `npm run check-invariants`: holds the data against everything that must be true of it. Exit code 1 when something is not. */
async function main(): Promise<void> {
  const config = readConfig(process.env, process.argv.slice(2));
  const report = await withDatabase(config, createLog("warn"), (pool) => checkInvariants(pool, INVARIANTS));
  process.stdout.write(tableOf(report));
  process.exitCode = report.results.some(({ violations }) => violations > 0) ? 1 : 0;
}

function tableOf({ results }: InvariantReport): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  const lines = results.flatMap(({ name, description, violations, examples }) => [
    `${violations === 0 ? "ok  " : "FAIL"}  ${name.padEnd(width)}  ${description}${violations === 0 ? "" : ` (${violations})`}`,
    ...examples.map((example) => `      ${" ".repeat(width)}  ${example}`),
  ]);
  const broken = results.filter(({ violations }) => violations > 0).length;
  return `${lines.join("\n")}\n\n${results.length - broken} of ${results.length} invariants hold.\n`;
}

await main();
