import { defineConfig } from "vitest/config";
import { stageReporter } from "./scripts/vitest-report.ts";

const report = process.env["WEFT_TEST_REPORT"];

export default defineConfig({
  test: {
    include: [
      "hub/**/*.test.ts",
      "packages/**/*.test.ts",
      "demo/**/*.test.ts",
      "apps/**/*.test.ts",
      "scripts/**/*.test.ts",
      "tooling/**/*.test.ts",
    ],
    exclude: ["**/node_modules/**", "**/dist/**", "tooling/planted/**"],
    reporters: ["default", ...(report ? [stageReporter(report)] : [])],
    globalSetup: ["hub/test/global-setup.ts"],
    pool: "forks",
    // Half of the time of a test is the database's: two files side by side keep two cores busy, and one would leave one of them idle.
    maxWorkers: 2,
    // Files share the modules that a worker has loaded: a fifth of the whole time went into loading the same ones for each file, 310 s became
    // 240. What would break by it is state in a module, which this house does not have.
    isolate: false,
    testTimeout: 45_000,
    // What comes by itself a moment later is asked for until it is there; on a busy machine a moment is long.
    expect: { poll: { timeout: 20_000, interval: 20 } },
    hookTimeout: 60_000,
  },
});
