import { writeFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from "vitest/node";
import type { Failure, StageReport } from "../tooling/stage-report.ts";

/** Lines of an error that the end of a run repeats; all of it stands further up. */
const MOST_LINES = 4;

/** Leaves behind for `npm test` what was counted, and why what failed has failed. */
export function stageReporter(file: string): Reporter {
  return {
    onTestRunEnd(modules, unhandled) {
      writeFileSync(file, JSON.stringify(reportOf(modules, unhandled)));
    },
  };
}

/**
 * Counts tests. What failed outside of any test counts once each: a file that could not be loaded, a hook before the tests of a suite,
 * a file whose process died, an error that nobody caught. The tests that were not run for it are told beside it and are among the skipped.
 */
function reportOf(modules: readonly TestModule[], unhandled: readonly SerializedError[]): StageReport {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const count = (...states: readonly string[]): number => tests.filter((test) => states.includes(test.result().state)).length;
  const outside = [
    ...modules.flatMap((module) => [module, ...module.children.allSuites()]).flatMap(brokenSuite),
    ...modules.flatMap(unfinishedFile),
    ...unhandled.map((error) => ({ name: "outside of any test", why: firstLines(error) })),
  ];
  const failures = [...tests.flatMap(failedTest), ...outside];
  return { passed: count("passed"), failed: count("failed") + outside.length, skipped: count("skipped", "pending"), failures };
}

function failedTest(test: TestCase): Failure[] {
  const { state, errors = [] } = test.result();
  return state === "failed" ? [{ name: `${test.module.relativeModuleId}: ${test.fullName}`, why: firstLines(errors[0]) }] : [];
}

/** A hook that failed, or a file that could not be loaded. */
function brokenSuite(suite: TestModule | TestSuite): Failure[] {
  const [error] = suite.errors();
  if (!error) return [];
  const name = suite.type === "module" ? suite.relativeModuleId : `${suite.module.relativeModuleId}: ${suite.fullName}`;
  return [{ name, why: [firstLines(error), ...notRun(suite)].join("\n") }];
}

/** Its process died, or was never begun. */
function unfinishedFile(module: TestModule): Failure[] {
  if (module.state() !== "pending" && module.state() !== "queued") return [];
  return [{ name: module.relativeModuleId, why: ["was not run to its end", ...notRun(module)].join("\n") }];
}

function notRun(suite: TestModule | TestSuite): string[] {
  const tests = [...suite.children.allTests()];
  const left = tests.filter((test) => test.result().state === "skipped" || test.result().state === "pending").length;
  return left > 0 ? [`${left} of its ${tests.length} tests were not run`] : [];
}

/** What the error says, also that of its cause, and the first place in our own code. */
function firstLines(error: SerializedError | undefined): string {
  const said = [error, error?.cause].flatMap((one) => (one?.message ? [one.message] : [])).join("\n");
  const lines = stripVTControlCharacters(said).split("\n").filter(Boolean).slice(0, MOST_LINES);
  const place = error?.stack?.split("\n").find((line) => /^\s*(at|❯) /.test(line) && !/node_modules|node:/.test(line));
  return [...lines, ...(place ? [place.trim().replace(`${process.cwd()}/`, "")] : [])].join("\n");
}
