import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { cpuSeconds, machineBusySeconds, peakBytes } from "../lib/machine.ts";
import { figure, type Bench, type Figure } from "../lib/report.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const SMALL = 20_000;
const LARGE = 1_000_000;

export const fiscal: Bench = {
  name: "fiscal",
  about:
    "npm run archive of a year of signed tickets on ten registers, its database included, and its verifier over the file: 20,000 (with --full 1,000,000)",
  run: ({ isFull }) => measured(isFull ? LARGE : SMALL),
};

/** Tickets are signed first, which is not timed: registers do that, one by one. */
async function measured(tickets: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "weft-fiscal-"));
  try {
    const archive = join(folder, "archive.zip");
    await run(["hub/src/cli/bench-journal.ts", String(tickets)], folder);
    const period = ["--entity", "Bench SAS", "--from", "2025-01-01", "--to", "2025-12-31"];
    const made = await run(["hub/src/cli/archive.ts", ...period, archive], folder);
    const verified = await run(["hub/src/modules/till/archive/verifier.mjs", archive], folder);
    return [
      figure("tickets", tickets, "tickets"),
      figure("archive_s", made.seconds, "s"),
      figure("archive_cpu_s", made.cpu, "s"), // of the command; the database beside it has its own
      figure("archive_peak_mb", made.peak / 1024 / 1024, "MB"),
      figure("archive_size_mb", statSync(archive).size / 1024 / 1024, "MB"),
      figure("verify_s", verified.seconds, "s"),
      figure("verify_cpu_s", verified.cpu, "s"),
      figure("verify_peak_mb", verified.peak / 1024 / 1024, "MB"),
      figure("foreign_cores", Math.max(made.foreign, verified.foreign), "cores"),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Run = { readonly seconds: number; readonly cpu: number; readonly peak: number; readonly foreign: number };

async function run(options: readonly string[], home: string): Promise<Run> {
  const [busy, at] = [machineBusySeconds(), performance.now()];
  const child = spawn(process.execPath, options, {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, WEFT_HOME: home },
  });
  let [cpu, peak] = [0, 0];
  const watch = setInterval(() => {
    cpu = Math.max(cpu, cpuSeconds(child.pid ?? 0));
    peak = Math.max(peak, peakBytes(child.pid ?? 0));
  }, 50);
  const code = await new Promise((done) => child.once("close", done));
  clearInterval(watch);
  if (code !== 0) throw new Error(`${options.join(" ")} ended with ${String(code)}`);
  const seconds = (performance.now() - at) / 1000;
  return { seconds, cpu, peak, foreign: Math.max(0, (machineBusySeconds() - busy - cpu) / seconds) };
}
