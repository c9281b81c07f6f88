import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { cpuSeconds, machineBusySeconds, peakBytes } from "../lib/machine.ts";
import { figure, type Bench, type Figure } from "../lib/report.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const SMALL = 50_000;
const LARGE = 1_000_000;

type Matched = {
  readonly pairsCompared: number;
  readonly clusters: number;
  readonly f1: number;
  readonly seconds: { readonly all: number };
};

export const match: Bench = {
  name: "match",
  about: "npm run match on made-up people, a tenth of the records further ones of somebody: 50,000 (with --full 1,000,000 too)",
  async run({ isFull }) {
    const figures = await matched(SMALL);
    return isFull ? [...figures, ...(await matched(LARGE))] : figures;
  },
};

/** One run of the command on a file that was made before; its threads are of one process, so its peak is that of all. */
async function matched(records: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "weft-match-"));
  try {
    const file = join(folder, "people.csv");
    await command(["--generate", String(records), "--out", file]);
    const [busy, at] = [machineBusySeconds(), performance.now()];
    const { output, cpu, peak } = await command([file, "--truth", join(folder, "people.truth.csv"), "--json"]);
    const seconds = (performance.now() - at) / 1000;
    const found = JSON.parse(output) as Matched; // what the command says of its own run
    const name = (metric: string) => `${metric}_${records}`;
    return [
      figure(name("seconds"), seconds, "s", records),
      figure(name("cpu_s"), cpu, "s"),
      figure(name("peak_mb"), peak / 1024 / 1024, "MB"),
      figure(name("pairs"), found.pairsCompared, "pairs"),
      figure(name("f1"), found.f1, "share"),
      figure(name("foreign_cores"), Math.max(0, (machineBusySeconds() - busy - cpu) / seconds), "cores"),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function command(options: readonly string[]): Promise<{ readonly output: string; readonly cpu: number; readonly peak: number }> {
  const child = spawn(process.execPath, ["hub/src/cli/match.ts", ...options], { cwd: ROOT, stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  let [cpu, peak] = [0, 0];
  const watch = setInterval(() => {
    cpu = Math.max(cpu, cpuSeconds(child.pid ?? 0));
    peak = Math.max(peak, peakBytes(child.pid ?? 0));
  }, 50);
  const code = await new Promise((done) => child.once("close", done));
  clearInterval(watch);
  if (code !== 0) throw new Error(`match ${options.join(" ")} ended with ${String(code)}`);
  return { output, cpu, peak };
}
