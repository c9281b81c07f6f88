import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { StageReport } from "../tooling/stage-report.ts";

const ROOT = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "weft-planted-"));
let report: StageReport;

beforeAll(async () => {
  const file = join(folder, "report.json");
  const child = spawn(join(ROOT, "node_modules/.bin/vitest"), ["run", "--config", join(ROOT, "tooling/planted/tests/vitest.config.ts")], {
    cwd: ROOT,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], WEFT_TEST_REPORT: file },
    stdio: "ignore",
  });
  await once(child, "close");
  report = JSON.parse(readFileSync(file, "utf8")) as StageReport; // as the reporter writes it
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const whyOf = (name: string): string | undefined => report.failures.find((failure) => failure.name === name)?.why;

it("counts what passed, and everything that failed in or outside of a test once", () => {
  expect(report.failures.map(({ name }) => name).toSorted()).toEqual([
    "hook.test.ts: a suite",
    "killed.test.ts",
    "mixed.test.ts: fails",
    "outside of any test",
    "unloaded.test.ts",
  ]);
  expect(report).toMatchObject({ passed: 2, failed: 5, skipped: 6 });
});

it("tells what failed in a test, and where", () => {
  expect(whyOf("mixed.test.ts: fails")).toContain("expected 1 to be 2");
  expect(whyOf("mixed.test.ts: fails")).toContain("tooling/planted/tests/mixed.test.ts:4");
});

it("tells for tests that were not run why they were not: a hook, with its cause", () => {
  expect(whyOf("hook.test.ts: a suite")).toContain("the hub did not start\nits port is taken");
  expect(whyOf("hook.test.ts: a suite")).toContain("3 of its 3 tests were not run");
});

it("tells of a file whose process died, and what ended it", () => {
  expect(whyOf("killed.test.ts")).toContain("was not run to its end");
  expect(whyOf("outside of any test")).toContain("SIGKILL");
});

it("tells of a file that could not be loaded", () => {
  expect(whyOf("unloaded.test.ts")).toContain("./nowhere.ts");
});
