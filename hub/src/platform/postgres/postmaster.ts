import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** A living server of a data folder, as its `postmaster.pid` describes it. */
export type Postmaster = {
  readonly pid: number;
  /** The hub that started it, as long as that one lives. */
  readonly starterPid: number | undefined;
  readonly socketDirectory: string;
  readonly isStopping: boolean;
};

/**
 * The living server of this data folder, if there is one. After a crash and a restart of the machine the recorded pid may belong to
 * any other process, so the process is asked whether it is a server of this very folder.
 */
export function findPostmaster(data: string): Postmaster | undefined {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number(lines[0]);
  const server = Number.isInteger(pid) && pid > 0 ? describeProcess(pid) : undefined;
  if (!server?.command.includes("postgres") || !(worksIn(pid, data) ?? server.command.includes(data))) return undefined;
  const starterPid = Number(/weft\.starter=(\d+)/.exec(server.command)?.[1]);
  return {
    pid,
    starterPid: starterPid === server.parentPid ? starterPid : undefined, // an orphan has another parent
    socketDirectory: lines[4]?.trim() || data,
    isStopping: lines[7]?.trim() === "stopping",
  };
}

/**
 * Removes a `postmaster.pid` that names a living process which is no server of this folder. PostgreSQL removes by itself one that
 * names a dead process, but takes any living process of the same user for another server. Call it only when `findPostmaster` found none.
 */
export function removeMisleadingPidFile(data: string): void {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return;
  if (isLiving(Number(readFileSync(file, "utf8").split("\n")[0]))) rmSync(file, { force: true });
}

/** Whether a process exists and has not merely been left unreaped. */
export function isLiving(pid: number): boolean {
  return describeProcess(pid) !== undefined;
}

/** A server works in its data folder. Compared by inode, whatever name the folder was given; undefined where the system does not tell. */
function worksIn(pid: number, data: string): boolean | undefined {
  try {
    const [folder, own] = [statSync(`/proc/${pid}/cwd`), statSync(data)];
    return folder.dev === own.dev && folder.ino === own.ino;
  } catch {
    return undefined;
  }
}

function describeProcess(pid: number): { command: string; parentPid: number } | undefined {
  return process.platform === "linux" ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): { command: string; parentPid: number } | undefined {
  try {
    // After the name in parentheses, which may hold anything, come the state and the parent's pid.
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, "utf8").split(")").at(-1)?.trim().split(" ") ?? [];
    if (state === "Z" || state === "X") return undefined;
    return { command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " "), parentPid: Number(parent) };
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): { command: string; parentPid: number } | undefined {
  const line = spawnSync("ps", ["-o", "ppid=,stat=,command=", "-p", String(pid)], { encoding: "utf8" }).stdout?.trim();
  const match = line?.match(/^(\d+)\s+(\S+)\s+(.*)$/s);
  return match && !match[2]?.startsWith("Z") ? { command: match[3] ?? "", parentPid: Number(match[1]) } : undefined;
}
