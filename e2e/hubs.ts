import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const START_LIMIT_MS = 180_000;
const STOP_LIMIT_MS = 15_000;
/** Characters of what a hub says. */
const MOST_KEPT = 100_000;

export type Hubs = {
  readonly urls: readonly string[];
  /** Where their database is; unknown of hubs that ran already. */
  readonly databaseUrl?: string | undefined;
  /** What the hubs have warned of since this was asked last. */
  warnings(): string;
  stop(): Promise<void>;
};

type Running = { readonly url: string; readonly child: ChildProcess; output(): string; warnings(): string };

/**
 * Starts `count` hub processes on free ports over one database of their own, with the demo chain loaded. The first owns the embedded
 * server, the others come by the database address that it prints. Throws with their output when one is not ready in time.
 */
export async function startHubs(count: number): Promise<Hubs> {
  const home = await mkdtemp(join(tmpdir(), "weft-e2e-"));
  const shared = { WEFT_SECRET: randomBytes(32).toString("hex"), WEFT_RATE_LIMIT: "0", LOG_LEVEL: "warn" };
  const running: Running[] = [];
  const stop = async () => {
    // The owner of the database last, so that the others can say good-bye to it.
    for (const hub of running.toReversed()) await end(hub.child);
    await rm(home, { recursive: true, force: true });
  };
  try {
    const owner = await startHub({ ...shared, WEFT_HOME: home, WEFT_DEMO: "1" });
    running.push(owner);
    await untilReady(owner);
    await forgetPowerCuts(databaseAddress(owner));
    await untilRead(databaseAddress(owner));
    for (let n = 1; n < count; n++) {
      const guest = await startHub({
        ...shared,
        WEFT_HOME: join(home, `guest-${n}`),
        WEFT_DEMO: "1",
        DATABASE_URL: databaseAddress(owner),
      });
      running.push(guest);
      await untilReady(guest);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const [owner] = running;
  return {
    urls: running.map(({ url }) => url),
    databaseUrl: owner && databaseAddress(owner),
    warnings: () => running.map((hub) => hub.warnings()).join(""),
    stop,
  };
}

/** Stories do not outlive the machine: with several stages every commit would wait for the one disk that all of them write to. */
async function forgetPowerCuts(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  for (const name of ["fsync", "full_page_writes"]) await client.query(`alter system set ${name} = off`);
  await client.query("select pg_reload_conf()");
  await client.end();
}

/** The demo comes with thousands of facts: what the first story does would wait behind them. */
async function untilRead(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const until = Date.now() + START_LIMIT_MS;
  const unread =
    "select from platform.subscription s, platform.log_head h where s.position < h.position union all select from platform.outbox";
  while (Date.now() < until && ((await client.query(unread)).rowCount ?? 0) > 0) await new Promise((resolve) => setTimeout(resolve, 100));
  await client.end();
}

/** A hub as a retailer installs it: no demo, nobody in it. `ownerLink` is what its start prints for the first owner. */
export async function startNewHub(): Promise<{ readonly ownerLink: string; stop(): Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), "weft-e2e-new-"));
  const hub = await startHub({ WEFT_HOME: home, WEFT_DEMO: "0", WEFT_SECRET: randomBytes(32).toString("hex"), LOG_LEVEL: "warn" });
  const stop = async (): Promise<void> => {
    await end(hub.child);
    await rm(home, { recursive: true, force: true });
  };
  try {
    await untilReady(hub);
    return { ownerLink: await printedBy(hub, /http\S+\/office\/owner\?token=\S+/), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What a hub prints once it is ready, which may be a moment after it answers. */
async function printedBy(hub: Running, wanted: RegExp): Promise<string> {
  const until = Date.now() + START_LIMIT_MS;
  while (Date.now() < until && hub.child.exitCode === null) {
    const [found] = wanted.exec(hub.output()) ?? [];
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The hub at ${hub.url} printed nothing like ${wanted}. It said:\n${hub.output()}`);
}

async function startHub(environment: Record<string, string>): Promise<Running> {
  const port = await freePort();
  // Only what a hub needs: settings of the one who runs the stories must not change them. As a script of npm it ends with its parent.
  const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], npm_lifecycle_event: "stories", ...environment, PORT: String(port) };
  const child = spawn(process.execPath, ["hub/src/start.ts"], { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let unread = "";
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-MOST_KEPT);
    unread = (unread + chunk.toString()).slice(-MOST_KEPT);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const warnings = (): string => {
    const lines = unread.split("\n").filter((line) => line.includes('"level":'));
    unread = "";
    return lines.map((line) => `${line}\n`).join("");
  };
  return { url: `http://127.0.0.1:${port}`, child, output: () => output, warnings };
}

async function untilReady(hub: Running): Promise<void> {
  const until = Date.now() + START_LIMIT_MS;
  while (Date.now() < until && hub.child.exitCode === null) {
    const answer = await fetch(`${hub.url}/ready`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The hub was not ready at ${hub.url}. It said:\n${hub.output()}`);
}

function databaseAddress(owner: Running): string {
  const [address] = /postgres(?:ql)?:\/\/[^\s"]+/.exec(owner.output()) ?? [];
  if (!address) throw new Error(`The first hub printed no database address for further ones. It said:\n${owner.output()}`);
  return address;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const limit = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
  await ended;
  clearTimeout(limit);
}
