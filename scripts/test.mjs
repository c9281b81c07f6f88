// npm test: unit, database and HTTP tests, then the stories in a browser, and beside both the checks, which take what they leave of the machine.
// A stage that fails does not stop the next, so that one run tells everything; the end repeats what failed and why, and the last line counts
// checks, tests and stories together.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { constants, setPriority, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Failures that the end repeats: so many fit into what a log shows of its end. */
const MOST_TOLD = 15;

const root = fileURLToPath(new URL("..", import.meta.url));
const reports = mkdtempSync(join(tmpdir(), "weft-test-"));
process.on("exit", () => rmSync(reports, { recursive: true, force: true }));

// Interrupted, the whole ends: what runs is told, and nothing further begins.
const running = new Map();
let isEnding = false;
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
]) {
  process.on(signal, () => {
    isEnding = true;
    for (const end of running.keys()) end(signal);
    void Promise.all(running.values()).then(() => process.exit(code));
  });
}

// The stories wait for servers, pages and each other and leave at least an eighth of two cores idle, 150 CPU seconds: room for all checks, which need
// 110. They want the apps, so these are built first. One check at a time, since types and lint have 2 and 3 GB in memory beside what the stories have.
const built = runBeside("node", ["scripts/build-apps.ts"]);
const checks = built.then(() =>
  stage("checks", runBeside, "node", (report) => ["tooling/check.ts", "--all", "--lanes", "1", "--report", report]),
);
const tests = await stage("tests", runInherited, "vitest", () => ["run"]);
await built;
const stories = await stage("stories", runInherited, "node", (report) => ["e2e/run.ts", "--report", report]);

const all = [await checks, tests, stories];
const [passed, failed, skipped] = ["passed", "failed", "skipped"].map((kind) => all.reduce((sum, report) => sum + report[kind], 0));
tellFailures(all.flatMap(({ failures }) => failures));
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed > 0 ? 1 : 0;

/**
 * A part of the whole: a command that leaves a report (tooling/stage-report.ts), run in one of the two ways below. Nothing run, or a failure that
 * nothing counted, is one failure.
 */
async function stage(name, run, command, argumentsFor) {
  if (isEnding) return new Promise(() => {});
  const file = join(reports, `${name}.json`);
  const ended = await run(command, argumentsFor(file), { title: `\n── ${name} ──`, settings: { WEFT_TEST_REPORT: file } });
  const report = { passed: 0, failed: 0, skipped: 0, failures: [], ...readReport(file) };
  if (report.passed + report.failed === 0) return failedWhole(name, report, `nothing was run: it ended with ${ended}`);
  if (ended !== 0 && report.failed === 0) return failedWhole(name, report, `ended with ${ended} although nothing in it failed`);
  return report;
}

function failedWhole(name, report, why) {
  console.log(`${name}: ${why}, which counts as a failure`);
  return { ...report, failed: 1, failures: [{ name, why }] };
}

function tellFailures(failures) {
  if (failures.length === 0) return;
  console.log("\n── what failed ──");
  for (const { name, why } of failures.slice(0, MOST_TOLD)) console.log(`not ok  ${name}\n${why.replaceAll(/^/gm, "        ")}`);
  if (failures.length > MOST_TOLD) console.log(`and ${failures.length - MOST_TOLD} more, further up`);
}

/** Runs a command in front, which says at once what it has to say. Answers its exit code, or the signal that ended it. */
function runInherited(command, args, { title, settings }) {
  console.log(title);
  const child = start(command, args, { settings, stdio: "inherit" });
  return untilEnded(child, (signal) => child.kill(signal));
}

/** Runs a command behind all others, in what they leave of the processor, and says together at its end what it had to say. Answers the same. */
async function runBeside(command, args, { title, settings } = {}) {
  const child = start(command, args, { settings, stdio: ["ignore", "pipe", "pipe"], detached: true });
  putBehind(child.pid);
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => said.push(chunk));
  const ended = await untilEnded(child, (signal) => child.pid !== undefined && process.kill(-child.pid, signal));
  if (title !== undefined || ended !== 0) console.log([title ?? "", Buffer.concat(said).toString().trimEnd()].join("\n"));
  return ended;
}

/** Linux weighs sessions against each other before the processes within them: the browsers have sessions of their own, and so has what is behind them. */
function putBehind(pid) {
  if (pid === undefined) return; // it could not be started, which its end tells
  const last = constants.priority.PRIORITY_LOW;
  try {
    setPriority(pid, last);
    if (process.platform === "linux") writeFileSync(`/proc/${pid}/autogroup`, String(last));
  } catch {
    // Where neither is possible it runs as everything else does.
  }
}

function start(command, args, { settings, ...options }) {
  const path = [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter);
  return spawn(command, args, { cwd: root, env: { ...process.env, ...settings, PATH: path }, ...options });
}

function untilEnded(child, end) {
  const ended = new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
  running.set(end, ended);
  return ended.finally(() => running.delete(end));
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}
