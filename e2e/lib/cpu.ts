import { readdirSync, readFileSync } from "node:fs";

/** By who used them. */
export type CpuSeconds = Readonly<Record<Who, number>>;
type Who = "browsers" | "hubs" | "databases" | "stories";

const TICKS = 100; // USER_HZ, which Linux fixes for /proc whatever the kernel's own clock

type Process = { readonly parent: number; readonly name: string; readonly seconds: number };

/** What this process and all that it has started and that runs have used so far, with what they have waited for. Linux only; zeros elsewhere. */
export function cpuSeconds(): CpuSeconds {
  const all = processes();
  const sums = { browsers: 0, hubs: 0, databases: 0, stories: 0 };
  for (const [pid, { name, seconds }] of all) if (isOurs(all, pid)) sums[whoIs(name, pid)] += seconds;
  return sums;
}

/** What was used between two looks, while everything that was seen by the first still runs. */
export function cpuBetween(before: CpuSeconds, after: CpuSeconds): string {
  const told = Object.entries(after).map(([who, seconds]) => `${who} ${(seconds - (before[who as Who] ?? 0)).toFixed(1)}`); // the keys of the record
  return `CPU s: ${told.join(", ")}`;
}

function whoIs(name: string, pid: number): Who {
  if (pid === process.pid) return "stories";
  if (name.startsWith("postgres")) return "databases";
  return name.startsWith("node") || name.startsWith("MainThread") ? "hubs" : "browsers";
}

function isOurs(all: ReadonlyMap<number, Process>, pid: number): boolean {
  for (let at = pid; at > 1; at = all.get(at)?.parent ?? 0) if (at === process.pid) return true;
  return false;
}

function processes(): ReadonlyMap<number, Process> {
  const found = new Map<number, Process>();
  for (const pid of pids()) {
    const process = described(pid);
    if (process) found.set(pid, process);
  }
  return found;
}

function pids(): number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** Undefined when it has ended meanwhile. */
function described(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const name = stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")"));
    const fields = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    // Its own time in user and system mode, then that of those it has waited for.
    const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + (fields[at] ?? 0), 0);
    return { parent: fields[1] ?? 0, name, seconds: ticks / TICKS };
  } catch {
    return undefined;
  }
}
