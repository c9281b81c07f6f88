import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, realpathSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { chooseAccount, type Account } from "./account.ts";
import { findBinaries } from "./binaries.ts";
import { announceLeaving, takeOwnership } from "./ownership.ts";
import { findPostmaster, isLiving, removeMisleadingPidFile, type Postmaster } from "./postmaster.ts";
import { chooseSocketDirectory, createCluster, hubUrl, launch, type Log } from "./server.ts";
import { defaultSettings, type Settings } from "./settings.ts";

export type EmbeddedPostgresOptions = {
  /** The folder that holds everything the hub keeps (`WEFT_HOME`). Made when missing. */
  readonly home: string;
  readonly log: Log;
  /** Added to, or instead of, the usual settings. */
  readonly settings?: Settings;
  /** For tests: nothing is forced to the disk, so a crash of the machine may lose it. */
  readonly isThrowaway?: boolean;
  /** Where the files go when only another user can run the server. */
  readonly stateRoot?: string;
};

export type EmbeddedPostgres = {
  readonly socketDirectory: string;
  readonly port: 5432;
  /** `DATABASE_URL` for further hubs on this machine. */
  readonly url: string;
  readonly pid: () => number | undefined;
  /** Tells a hub that starts meanwhile to wait: this one is on its way out. */
  leave(): Promise<void>;
  /** Ends the server in order (open transactions are rolled back), and waits for its end. */
  stop(): Promise<void>;
};

const PATIENCE_MS = 30_000;
const PAUSE_MS = 50;
/** A server that ends at once, again and again, must not keep the machine busy. */
const RESTART_PAUSE_MS = 500;

/** The folder is owned by another hub. The message says which, and what can be done. */
export class FolderOwnedError extends Error {
  override readonly name = "FolderOwnedError";
  readonly ownerPid: number;
  /** The way to its database. */
  readonly url: string;
  constructor(home: string, ownerPid: number, url: string) {
    super(
      `Another hub (process ${ownerPid}) already runs on ${home}.\n` +
        `Stop it, or start this one beside it on the same database with DATABASE_URL="${url}", or give this one a folder of its own with WEFT_HOME.`,
    );
    this.ownerPid = ownerPid;
    this.url = url;
  }
}

/**
 * Starts the PostgreSQL server of a folder and owns it until `stop`. A server whose hub is gone is adopted, one whose hub is leaving
 * is waited for. Killed, it is started again; it ends when this process ends, however that happens.
 * Errors: `FolderOwnedError` when a living hub owns the folder; any other with the reason in words.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = prepareHome(options.home);
  const account = chooseAccount(folder, findBinaries(), options.stateRoot);
  createCluster(account, options.isThrowaway ?? false, options.log);
  const settings = { ...defaultSettings(), ...(options.isThrowaway ? { fsync: "off", full_page_writes: "off" } : {}), ...options.settings };
  const start: Start = { home: folder, account, settings, log: options.log };
  return supervise(start, await own(start));
}

type Start = { readonly home: string; readonly account: Account; readonly settings: Settings; readonly log: Log };

/** A server that this hub owns. `untie` lets go of what ends it when this process dies. */
type Owned = {
  readonly pid: number;
  readonly socketDirectory: string;
  readonly client: pg.Client;
  readonly ended: Promise<void>;
  readonly untie: () => void;
};

/** Not yet: somebody else is starting, ending or leaving. */
type Wait = { readonly wait: string };

function prepareHome(home: string): string {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  return realpathSync(home); // a folder has one name, in messages and on command lines
}

async function own(start: Start, socketDirectory?: string): Promise<Owned> {
  const deadline = performance.now() + PATIENCE_MS;
  let chosen = socketDirectory;
  for (;;) {
    const running = findPostmaster(start.account.data);
    const outcome = running ? await adopt(start, running) : await startOwn(start, (chosen ??= chooseSocketDirectory(start.account)));
    if (!("wait" in outcome)) return outcome;
    if (performance.now() > deadline) throw new Error(`The database in ${start.account.data} could not be had: ${outcome.wait}`);
    await sleep(PAUSE_MS);
  }
}

async function adopt(start: Start, running: Postmaster): Promise<Owned | Wait> {
  if (running.isStopping) return { wait: `its server (process ${running.pid}) is still shutting down` };
  const ownership = await takeOwnership(running.socketDirectory, running.starterPid);
  if (ownership.kind === "unreachable")
    return { wait: `its server (process ${running.pid}) does not answer: ${ownership.because.message}` };
  if (ownership.kind === "taken" && ownership.isLeaving)
    return { wait: `the hub that owns it (process ${ownership.ownerPid}) is still shutting down` };
  if (ownership.kind === "taken") throw new FolderOwnedError(start.home, ownership.ownerPid, hubUrl(running.socketDirectory));
  start.log.info({ pid: running.pid }, "Took over a database whose hub is gone");
  await createHubDatabase(ownership.client);
  return {
    pid: running.pid,
    socketDirectory: running.socketDirectory,
    client: ownership.client,
    ended: endOfProcess(running.pid),
    untie: tieToThisProcess(running.pid),
  };
}

async function startOwn(start: Start, socketDirectory: string): Promise<Owned | Wait> {
  removeMisleadingPidFile(start.account.data);
  const launched = await launch(start.account, socketDirectory, start.settings, start.log);
  if (launched.kind === "failed") throw new Error(`The embedded PostgreSQL did not start: ${launched.because}`);
  if (launched.kind === "busy") return { wait: "another server of this folder is starting or ending" };
  const { child } = launched;
  const pid = child.pid;
  if (pid === undefined) throw new Error("the server has started but has no process id");
  const ownership = await takeOwnership(socketDirectory, undefined);
  if (ownership.kind !== "ours") {
    child.kill("SIGINT");
    return { wait: "another hub took its server" };
  }
  await createHubDatabase(ownership.client);
  return {
    pid,
    socketDirectory,
    client: ownership.client,
    ended: endOfChild(child),
    untie: start.account.endsWithParent ? () => {} : tieToThisProcess(pid),
  };
}

async function createHubDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("select from pg_database where datname = 'weft'");
  if (rowCount === 0) await client.query("create database weft");
}

function endOfChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("exit", () => resolve()));
}

function endOfProcess(pid: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (isLiving(pid)) return;
      clearInterval(timer);
      resolve();
    }, 100);
    timer.unref();
  });
}

/** A shell that waits on a pipe from this process: when the process dies, however, the pipe ends and the server is told to. */
function tieToThisProcess(pid: number): () => void {
  const watcher = spawn("sh", ["-c", 'read -r _; kill -INT "$1"', "sh", String(pid)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.on("error", () => {});
  watcher.unref();
  return () => watcher.kill("SIGKILL");
}

function supervise(start: Start, first: Owned): EmbeddedPostgres {
  let current = first;
  let isStopping = false;
  let recovery = Promise.resolve();

  const watch = (owned: Owned): void => {
    void owned.ended.then(() => {
      if (!isStopping) recovery = recover(owned);
    });
  };
  const recover = async (lost: Owned): Promise<void> => {
    start.log.warn({ pid: lost.pid }, "The database ended unexpectedly: starting it again");
    lost.untie();
    await lost.client.end().catch(() => {});
    await sleep(RESTART_PAUSE_MS);
    try {
      current = await own(start, lost.socketDirectory);
      watch(current);
    } catch (error) {
      start.log.error({ err: error }, "The database cannot be started again");
    }
  };
  watch(first);

  return {
    socketDirectory: first.socketDirectory,
    port: 5432,
    url: hubUrl(first.socketDirectory),
    pid: () => current.pid,
    leave: () => announceLeaving(current.client),
    stop: async () => {
      isStopping = true;
      await recovery;
      await end(start, current);
    },
  };
}

async function end(start: Start, owned: Owned): Promise<void> {
  await announceLeaving(owned.client);
  await owned.client.end().catch(() => {});
  owned.untie();
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (findPostmaster(start.account.data)?.pid !== owned.pid) break;
    process.kill(owned.pid, signal); // in order, then at once, then by force
    await Promise.race([owned.ended, sleep(PATIENCE_MS, undefined, { ref: false })]);
  }
  if (owned.socketDirectory !== start.account.data) rmSync(owned.socketDirectory, { recursive: true, force: true });
}
