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
    hookTimeout: 30_000,
  },
});
