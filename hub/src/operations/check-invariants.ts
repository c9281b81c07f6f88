import { withDatabase } from "../cli/with-database.ts";
import { INVARIANTS } from "../invariants.ts";
import { checkInvariants, createLog, readConfig, type InvariantReport } from "../platform/index.ts";

/** Holds the data against everything that must be true of it, and prints each. Exit code 1 when something is not. */
export async function tellInvariants(): Promise<void> {
  const report = await withDatabase(readConfig(process.env, []), createLog("warn"), (pool) => checkInvariants(pool, INVARIANTS));
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
