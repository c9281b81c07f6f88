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
    testTimeout: 20_000,
    // What comes by itself a moment later is asked for until it is there; on a busy machine a moment is long.
    expect: { poll: { timeout: 10_000, interval: 20 } },
    hookTimeout: 30_000,
  },
});
