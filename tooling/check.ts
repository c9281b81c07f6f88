// npm run check: every check, one line each with its time; stops at the first that fails.
// `--all` goes on after a failure, `--report FILE` writes the counts as JSON, other words choose checks by a part of their name.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { CHECKS } from "./checks.ts";

const { values, positionals } = parseArgs({ options: { all: { type: "boolean" }, report: { type: "string" } }, allowPositionals: true });
const chosen = CHECKS.filter(({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)));
if (chosen.length === 0)
  console.error(`No check is named like ${positionals.join(", ")}. There are: ${CHECKS.map(({ name }) => name).join(", ")}`);

let passed = 0;
let failed = 0;
for (const check of chosen) {
  const started = performance.now();
  const result = await check.run();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (result.ok) {
    passed++;
    console.log(`ok      ${check.name.padEnd(36)} ${seconds.padStart(6)} s${result.note ? `  ${result.note}` : ""}`);
    continue;
  }
  failed++;
  console.log(`not ok  ${check.name.padEnd(36)} ${seconds.padStart(6)} s\n\n${result.output.trimEnd()}\n`);
  if (!values.all) break;
}
if (values.report) writeFileSync(values.report, JSON.stringify({ passed, failed }));
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
