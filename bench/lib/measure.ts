import { calibrate } from "./calibrate.ts";
import type { BenchHub, Statements } from "./hub.ts";
import type { LoadResult } from "./load.ts";
import { cpuSeconds, machineBusySeconds } from "./machine.ts";
import { figure, type Figure } from "./report.ts";

/** What a stretch of load cost, by who used it. */
export type Cost = {
  readonly hub: number;
  readonly database: number;
  readonly client: number;
  readonly foreignCores: number;
  readonly statements: Statements;
};

/** Runs `work` and tells what hub, database and this process used meanwhile, and how many cores others kept busy. */
export async function costOf<T>(hub: BenchHub, work: () => Promise<T>): Promise<{ readonly result: T; readonly cost: Cost }> {
  const statements = await hub.statements();
  const [cpu, own, busy, at] = [hub.cpu(), cpuSeconds(process.pid), machineBusySeconds(), performance.now()];
  const result = await work();
  const after = hub.cpu();
  const cost = { hub: after.hub - cpu.hub, database: after.database - cpu.database, client: cpuSeconds(process.pid) - own };
  const foreign = machineBusySeconds() - busy - cost.hub - cost.database - cost.client;
  const seconds = (performance.now() - at) / 1000;
  const run = await hub.statements();
  const between = { ofRequests: run.ofRequests - statements.ofRequests, after: run.after - statements.after };
  return { result, cost: { ...cost, foreignCores: Math.max(0, foreign / seconds), statements: between } };
}

/** The figures that stand beside every rate: what the machine gives, and who else used it. */
export async function surroundings(hub: BenchHub, cost: Cost): Promise<Figure[]> {
  return [
    figure("memory_mb", hub.memoryBytes() / 1024 / 1024, "MB"),
    figure("foreign_cores", cost.foreignCores, "cores"),
    ...(await calibrate(hub.home)),
  ];
}

/** How long something took, and how often it was refused, with the reasons on the error stream. `unit` is what was asked for. */
export function latenciesOf(name: string, { p50, p95, p99, count, failures }: LoadResult, unit: string): Figure[] {
  const failed = Object.values(failures).reduce((sum, n) => sum + n, 0);
  if (failed > 0) console.error(`${name}: ${JSON.stringify(failures)}`);
  return [
    figure(`${name}_p50_ms`, p50, "ms", count),
    figure(`${name}_p95_ms`, p95, "ms"),
    figure(`${name}_p99_ms`, p99, "ms"),
    figure(`${name}_failures`, failed, unit),
  ];
}
