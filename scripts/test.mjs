// npm test: the checks, then unit, database and HTTP tests, then the stories in a browser. A stage that fails does not
// stop the next, so that one run tells everything; the end repeats what failed and why, and the last line counts checks, tests and stories together.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Failures that the end repeats: so many fit into what a log shows of its end. */
const MOST_TOLD = 15;

const root = fileURLToPath(new URL("..", import.meta.url));
const reports = mkdtempSync(join(tmpdir(), "weft-test-"));
process.on("exit", () => rmSync(reports, { recursive: true, force: true }));

const stages = [
  stage("checks", "node", (report) => ["tooling/check.ts", "--all", "--report", report]),
  stage("tests", "vitest", () => ["run"]),
  stage("stories", "node", (report) => ["e2e/run.ts", "--report", report]),
];

// Interrupted, the whole ends: the stage that runs is told, and no further one begins.
let current;
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
]) {
  process.on(signal, () => {
    current?.once("close", () => process.exit(code));
    current?.kill(signal);
  });
}

const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
for (const run of stages) {
  const report = await run();
  for (const kind of Object.keys(total)) total[kind] += report[kind];
  failures.push(...report.failures);
}
tellFailures();
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** A part of the whole: a command that leaves a report (tooling/stage-report.ts). Nothing run, or a failure that nothing counted, is one failure. */
function stage(name, command, argumentsFor) {
  return async () => {
    const file = join(reports, `${name}.json`);
    console.log(`\n── ${name} ──`);
    const ended = await runInherited(command, argumentsFor(file), { WEFT_TEST_REPORT: file });
    const report = { passed: 0, failed: 0, skipped: 0, failures: [], ...readReport(file) };
    if (report.passed + report.failed === 0) return failedWhole(name, report, `nothing was run: it ended with ${ended}`);
    if (ended !== 0 && report.failed === 0) return failedWhole(name, report, `ended with ${ended} although nothing in it failed`);
    return report;
  };
}

function failedWhole(name, report, why) {
  console.log(`${name}: ${why}, which counts as a failure`);
  return { ...report, failed: 1, failures: [{ name, why }] };
}

function tellFailures() {
  if (failures.length === 0) return;
  console.log("\n── what failed ──");
  for (const { name, why } of failures.slice(0, MOST_TOLD)) console.log(`not ok  ${name}\n${why.replaceAll(/^/gm, "        ")}`);
  if (failures.length > MOST_TOLD) console.log(`and ${failures.length - MOST_TOLD} more, further up`);
}

/** Answers its exit code, or the signal that ended it. */
function runInherited(command, args, settings) {
  const path = [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter);
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...settings, PATH: path }, stdio: "inherit" });
  current = child;
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}
