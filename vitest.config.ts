import { defineConfig } from "vitest/config";

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
    globalSetup: ["hub/test/global-setup.ts"],
    pool: "forks",
    // Half of the time of a test is the database's: two files side by side keep two cores busy, and one would leave one of them idle.
    maxWorkers: 2,
    testTimeout: 20_000,
    // What comes by itself a moment later is asked for until it is there; on a busy machine a moment is long.
    expect: { poll: { timeout: 10_000, interval: 20 } },
    hookTimeout: 30_000,
  },
});
