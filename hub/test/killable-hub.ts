import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { COMPILE_CACHE } from "./compile-cache.ts";
import pg from "pg";

const ROOT = resolve(import.meta.dirname, "../..");
const READY_LIMIT_MS = 60_000;

/** A hub process on a small demo chain and a database of its own, to be killed and started again. */
export type KillableHub = {
  readonly url: string;
  /** Asks the database itself, on a connection of its own: no answer of the hub is believed. */
  rows<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Ends the process as a power cut does, with or without its database, and starts another one on the same folder. Answers the milliseconds until that was ready. */
  killAndRestart(withDatabase: boolean): Promise<number>;
  /** Runs a command of the hub on the same folder; answers what it printed. Throws with it when it failed. */
  command(file: string): Promise<string>;
  stop(): Promise<void>;
};

export async function startKillableHub(): Promise<KillableHub> {
  const home = await mkdtemp(join(tmpdir(), "weft-kills-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // Only what a hub needs. As a script of npm it ends with its parent.
  const env = {
    ...COMPILE_CACHE,
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    npm_lifecycle_event: "kills",
    WEFT_HOME: home,
    WEFT_DEMO: "1",
    WEFT_RATE_LIMIT: "0",
    LOG_LEVEL: "error",
    PORT: String(port),
  };
  const run = (args: readonly string[]) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-20_000));
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    return { child, output: () => output };
  };
  const command = async (file: string, ...args: readonly string[]) => {
    const { child, output } = run([file, ...args]);
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`${file} ended with ${code}:\n${output()}`);
    return output();
  };
  const start = async () => {
    const begun = performance.now();
    const hub = run(["hub/src/start.ts"]);
    await untilReady(url, hub.child, hub.output);
    return { child: hub.child, readyMs: performance.now() - begun };
  };
  await command("hub/src/cli/demo.ts", "--customers", "20", "--stores", "2");
  let { child } = await start();
  return {
    url,
    rows: (sql, values = []) => rowsOf(join(home, "postgres/data"), sql, values),
    async killAndRestart(withDatabase) {
      if (withDatabase) killPostmaster(join(home, "postgres/data"));
      await end(child, "SIGKILL");
      const next = await start();
      child = next.child;
      return next.readyMs;
    },
    command: (file) => command(file),
    async stop() {
      await end(child, "SIGTERM");
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function rowsOf<Row extends object>(socket: string, sql: string, values: readonly unknown[]): Promise<Row[]> {
  const client = new pg.Client({ host: socket, user: "weft", database: "weft" });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** By the pid in its own folder: no other server is meant. */
function killPostmaster(data: string): void {
  const pid = Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n", 1)[0]);
  if (pid > 1) process.kill(pid, "SIGKILL");
}

async function end(child: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}

async function untilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const until = performance.now() + READY_LIMIT_MS;
  while (performance.now() < until && child.exitCode === null) {
    const answer = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (answer?.ok) return;
    await pause(25);
  }
  throw new Error(`the hub was not ready. It said:\n${output()}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}
