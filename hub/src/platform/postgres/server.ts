import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { BaseLogger } from "pino";
import type { Account } from "./account.ts";
import { binary } from "./binaries.ts";
import { settingArguments, type Settings } from "./settings.ts";

export type Log = Pick<BaseLogger, "debug" | "info" | "warn" | "error">;

/** How a start of the server ended: it answers, the folder was busy (somebody was faster, or its last processes are still ending), or it failed. */
export type Launched =
  | { readonly kind: "ready"; readonly child: ChildProcess }
  | { readonly kind: "busy" }
  | { readonly kind: "failed"; readonly because: string };

const MAJOR = "18";
/** `sun_path` has 108 bytes with its ending zero. A longer path is fatal to the server. */
const LONGEST_SOCKET_PATH = 107;
const SOCKET_FILE = "/.s.PGSQL.5432";
/** Same order and same case rules on every machine, without the system's locales. */
const INITDB = [
  "--username=weft",
  "--auth=trust",
  "--encoding=UTF8",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--locale=C",
  "--data-checksums",
  "--no-instructions",
];

/** Makes the data folder if there is none. Made beside and renamed, so one cut short leaves nothing that looks whole. */
export function createCluster(account: Account, isThrowaway: boolean, log: Log): void {
  const { data } = account;
  if (existsSync(join(data, "PG_VERSION"))) return refuseOtherMajor(data);
  log.info("Making a new database (a second or two, only this once)");
  mkdirSync(dirname(data), { recursive: true, mode: 0o700 });
  const unfinished = mkdtempSync(`${data}.new-`);
  if (account.user) chownSync(unfinished, account.user.uid, account.user.gid);
  const [program, ...before] = [...account.prefix, binary(account.binaries, "initdb")];
  const made = spawnSync(program, [...before, "-D", unfinished, ...INITDB, ...(isThrowaway ? ["--no-sync"] : [])], {
    ...account.user,
    cwd: "/",
    encoding: "utf8",
  });
  if (made.status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(`initdb could not make ${data}: ${made.error?.message ?? made.stderr.trim()}`);
  }
  try {
    renameSync(unfinished, data);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(join(data, "PG_VERSION"))) throw error; // else another hub made it first, and its folder serves as well
  }
}

function refuseOtherMajor(data: string): void {
  const found = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  if (found !== MAJOR)
    throw new Error(
      `${data} was written by PostgreSQL ${found}, this is ${MAJOR}. Back it up with the older hub and restore it into a new folder.`,
    );
}

/** The data folder itself, or a private temporary folder when its path is too long for a socket. */
export function chooseSocketDirectory(account: Account): string {
  if (Buffer.byteLength(account.data + SOCKET_FILE) <= LONGEST_SOCKET_PATH) return account.data;
  const folder = mkdtempSync(join(tmpdir(), "weft-"));
  if (account.user) chownSync(folder, account.user.uid, account.user.gid);
  return folder;
}

/**
 * Starts the server and waits until it answers. It gets a process group of its own, so that Ctrl-C reaches the hub only,
 * which drains first. Call it on the main thread: the server ends with the thread that started it.
 */
export function launch(account: Account, socketDirectory: string, settings: Settings, log: Log): Promise<Launched> {
  const [program, ...before] = [...account.prefix, binary(account.binaries, "postgres")];
  const where = ["-D", account.data, "-k", socketDirectory];
  const child = spawn(program, [...before, ...where, ...settingArguments({ ...settings, "weft.starter": String(process.pid) })], {
    ...account.user,
    cwd: "/",
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said: string[] = [];
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ kind: "failed", because: error.message }));
    child.on("exit", () => resolve(whyEnded(said)));
    createInterface({ input: child.stderr }).on("line", (line) => {
      said.push(line);
      if (said.length > 20) said.shift();
      if (/^(FATAL|PANIC)/.test(line)) log.warn({ postgres: line }, "the database says");
      else log.debug({ postgres: line }, "the database says");
      if (line.includes("database system is ready to accept connections")) resolve({ kind: "ready", child });
    });
  });
}

function whyEnded(said: readonly string[]): Launched {
  const text = said.join("\n");
  return /lock file .* already exists|is still in use/.test(text)
    ? { kind: "busy" }
    : { kind: "failed", because: text || "it ended without a word" };
}

/** How further processes reach a server: by its socket, which only this user may open. */
export function hubUrl(socketDirectory: string, database = "weft"): string {
  return `postgresql:///${database}?host=${encodeURIComponent(socketDirectory).replaceAll("%2F", "/")}&user=weft`;
}
