// npm test: the checks, then unit, database and HTTP tests, then the stories in a browser. A stage that fails does not
// stop the next, so that one run tells everything; the last line counts checks, tests and stories together.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const reports = mkdtempSync(join(tmpdir(), "weft-test-"));
process.on("exit", () => rmSync(reports, { recursive: true, force: true }));

const stages = [
  stage("checks", "node", (report) => ["tooling/check.ts", "--all", "--report", report], countOwn),
  stage("tests", "vitest", (report) => ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`], countVitest),
  stage("stories", "node", (report) => ["e2e/run.ts", "--report", report], countOwn),
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
for (const run of stages) {
  const counts = await run();
  for (const kind of Object.keys(total)) total[kind] += counts[kind];
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** A part of the whole: a command that leaves a report, and how to count it. Nothing run, or a failure that nothing counted, is one failure. */
function stage(name, command, argumentsFor, count) {
  return async () => {
    const report = join(reports, `${name}.json`);
    console.log(`\n── ${name} ──`);
    const code = await runInherited(command, argumentsFor(report));
    const counts = { passed: 0, failed: 0, skipped: 0, ...readReport(report, count) };
    if (counts.passed + counts.failed === 0) {
      console.log(`${name}: nothing was run, which counts as a failure`);
      counts.failed = 1;
    } else if (code !== 0 && counts.failed === 0) {
      console.log(`${name}: ended with exit code ${code} although nothing in it failed, which counts as a failure`);
      counts.failed = 1;
    }
    return counts;
  };
}

function runInherited(command, args) {
  const path = [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter);
  const child = spawn(command, args, { cwd: root, env: { ...process.env, PATH: path }, stdio: "inherit" });
  current = child;
  return new Promise((resolve) => {
    child.on("error", (error) => {
      console.log(error.message);
      resolve(127);
    });
    child.on("close", (code) => resolve(code ?? 1));
  });
}

function readReport(path, count) {
  try {
    return count(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return {};
  }
}

function countOwn({ passed, failed }) {
  return { passed, failed };
}

/** A file that could not be loaded has no tests to fail, so it counts as one failure itself. */
function countVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  const broken = testResults.filter((file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"));
  return { passed: numPassedTests, failed: numFailedTests + broken.length, skipped: numPendingTests + numTodoTests };
}
