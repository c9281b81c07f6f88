// npm run check: every check, one line each with its time, two at a time; begins no further one after the first that fails.
// `--all` goes on after a failure, `--lanes N` runs so many at a time, `--report FILE` writes the counts as JSON, other words choose checks by a part
// of their name.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { CHECKS } from "./checks.ts";
import type { Check } from "./run-tool.ts";
import type { Failure, StageReport } from "./stage-report.ts";

/** Some tools keep two cores busy and some only one: side by side they leave neither idle. */
const LANES = "2";
/** Lines of a check's words that the end of `npm test` repeats. */
const MOST_LINES = 8;

const { values, positionals } = parseArgs({
  options: { all: { type: "boolean" }, lanes: { type: "string", default: LANES }, report: { type: "string" } },
  allowPositionals: true,
});
const chosen = CHECKS.filter(({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)));
if (chosen.length === 0)
  console.error(`No check is named like ${positionals.join(", ")}. There are: ${CHECKS.map(({ name }) => name).join(", ")}`);

let passed = 0;
const failures: Failure[] = [];
const waiting = [...chosen];
await Promise.all(Array.from({ length: Number(values.lanes) }, runWaiting));

const report: StageReport = { passed, failed: failures.length, failures };
if (values.report) writeFileSync(values.report, JSON.stringify(report));
process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0;

async function runWaiting(): Promise<void> {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    await runOne(check);
    if (failures.length > 0 && !values.all) waiting.length = 0;
  }
}

async function runOne(check: Check): Promise<void> {
  const started = performance.now();
  const result = await check.run();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (result.ok) {
    passed++;
    console.log(`ok      ${check.name.padEnd(36)} ${seconds.padStart(6)} s${result.note ? `  ${result.note}` : ""}`);
    return;
  }
  console.log(`not ok  ${check.name.padEnd(36)} ${seconds.padStart(6)} s\n\n${result.output.trimEnd()}\n`);
  failures.push({ name: check.name, why: result.output.trim().split("\n").slice(0, MOST_LINES).join("\n") });
}
