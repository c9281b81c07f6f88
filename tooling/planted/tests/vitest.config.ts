import { defineConfig } from "vitest/config";
import { stageReporter } from "../../../scripts/vitest-report.ts";

/** Each file fails in a way of its own; scripts/vitest-report.test.ts reads what is told of it. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    isolate: false,
    reporters: [stageReporter(process.env["WEFT_TEST_REPORT"] ?? "")],
  },
});
