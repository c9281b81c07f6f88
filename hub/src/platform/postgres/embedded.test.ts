import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { chooseAccount } from "./account.ts";
import { binary, findBinaries } from "./binaries.ts";
import { FolderOwnedError, startEmbeddedPostgres, type EmbeddedPostgres } from "./embedded.ts";
import { findPostmaster, isLiving } from "./postmaster.ts";

const log = pino({ level: "silent" });
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
const OWN_DATABASE = join(import.meta.dirname, "../../../test/own-database.ts");

/** A new cluster takes a second, a copy of one a fifth of it. */
let prepared: string;
let root: string;
let home: string;
const servers: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  prepared = mkdtempSync(join(tmpdir(), "weft-prepared-"));
  await (await startEmbeddedPostgres({ home: prepared, log, isThrowaway: true })).stop();
});

afterAll(() => rmSync(prepared, { recursive: true, force: true }));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "weft-embedded-")); // its mode is 0700
  home = join(root, "home");
  cpSync(prepared, home, { recursive: true });
  chmodSync(dataFolder(), 0o700); // a copy does not keep it, and the server asks for it
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  await vi.waitFor(() => expect(findPostmaster(dataFolder())).toBeUndefined(), PATIENCE);
  rmSync(root, { recursive: true, force: true });
});

describe("embedded PostgreSQL", { timeout: 60_000 }, () => {
  it("[PGE-1] starts in a folder that only this user can enter, and keeps its data over a restart", async () => {
    const first = await start();
    await ask(first.url, "create table kept (id integer)");
    await first.stop();
    const second = await start();
    expect(await ask(second.url, "select count(*)::int as rows from kept")).toEqual([{ rows: 0 }]);
    expect(await ask(second.url, "show data_checksums")).toEqual([{ data_checksums: "on" }]);
    expect(await ask(second.url, "select lower('ÀÇ') as lower, 'É' ilike 'é' as alike")).toEqual([{ lower: "àç", alike: true }]);
  });

  it("[PGE-2] starts the server again when it was killed", async () => {
    const server = await start();
    const killed = pidOf(server);
    process.kill(killed, "SIGKILL");
    await vi.waitFor(async () => expect(await ask(server.url, "select 1 as one")).toEqual([{ one: 1 }]), PATIENCE);
    await vi.waitFor(() => expect(server.pid()).not.toBe(killed), PATIENCE);
  });

  it("[PGE-3] starts after hub and server were killed together", async () => {
    const owner = await own();
    process.kill(owner.pid, "SIGKILL");
    owner.child.kill("SIGKILL");
    const server = await start();
    expect(await ask(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("[PGE-4] is not misled by a postmaster.pid that names a living process of something else, not even another server", async () => {
    const other = await startEmbeddedPostgres({ home: prepared, log, isThrowaway: true });
    servers.push(other);
    for (const pid of [process.pid, pidOf(other)]) {
      writeFileSync(join(dataFolder(), "postmaster.pid"), `${pid}\n${dataFolder()}\n1700000000\n5432\n${dataFolder()}\n\n 0 0\nready   \n`);
      const server = await start();
      expect(await ask(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
      await server.stop();
    }
    expect(await ask(other.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("[PGE-5] refuses a second owner, and says who the first is and how to join it", async () => {
    const first = await own();
    const refused = startEmbeddedPostgres({ home, log, isThrowaway: true });
    await expect(refused).rejects.toThrow(FolderOwnedError);
    await expect(refused).rejects.toThrow(`process ${first.child.pid}`);
    await expect(refused).rejects.toThrow(`DATABASE_URL="${first.url}"`);
  });

  it("[PGE-6] of hubs that start together on a new folder one becomes the owner and the others are refused", async () => {
    rmSync(home, { recursive: true });
    const outcomes = await Promise.all([spawnOwner(), spawnOwner(), spawnOwner()]);
    expect(outcomes.map(({ said }) => ("refused" in said ? "refused" : "owner")).toSorted()).toEqual(["owner", "refused", "refused"]);
    const owner = outcomes.find(({ said }) => "url" in said);
    for (const { said } of outcomes) if ("refused" in said) expect(said.refused).toContain(`process ${owner?.child.pid}`);
  });

  it("[PGE-7] ends the server when its hub is killed", async () => {
    const owner = await own();
    owner.child.kill("SIGKILL");
    await vi.waitFor(() => expect(isLiving(owner.pid)).toBe(false), PATIENCE);
    expect(existsSync(join(dataFolder(), "postmaster.pid"))).toBe(false); // in order, not cut off
  });

  it("[PGE-8] ends the server when its hub is killed, also where the system has no way to tie the two", async () => {
    const owner = await own({ path: pathWithout("setpriv") });
    owner.child.kill("SIGKILL");
    await vi.waitFor(() => expect(isLiving(owner.pid)).toBe(false), PATIENCE);
  });

  it("[PGE-9] adopts a living server that has no hub, and ends it as its own", async () => {
    const orphan = await startOrphan();
    const server = await start();
    expect(server.pid()).toBe(orphan);
    await expect(startEmbeddedPostgres({ home, log, isThrowaway: true })).rejects.toThrow(`process ${process.pid}`);
    await server.stop();
    expect(isLiving(orphan)).toBe(false);
  });

  it("[PGE-10] waits for a hub that is shutting down", async () => {
    const first = await start();
    await first.leave();
    const second = start();
    await first.stop();
    expect(await ask((await second).url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("[PGE-11] works where the path is too long for a socket", async () => {
    home = join(root, "a-long-name".repeat(10));
    const server = await start();
    expect(Buffer.byteLength(server.socketDirectory)).toBeLessThan(90);
    expect(await ask(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await server.stop();
    expect(existsSync(server.socketDirectory)).toBe(false);
  });

  it("[PGE-12] refuses a folder of another PostgreSQL and says how its data comes over", async () => {
    writeFileSync(join(dataFolder(), "PG_VERSION"), "17\n");
    await expect(start()).rejects.toThrow(/written by PostgreSQL 17, this is 18\. Back it up/);
  });

  it("[PGE-13] writes neither a query nor a value into the log", async () => {
    const written: string[] = [];
    const server = await startEmbeddedPostgres({
      home,
      log: pino({ level: "trace" }, { write: (line) => void written.push(line) }),
      isThrowaway: true,
    });
    servers.push(server);
    await ask(server.url, "create table person (email text unique); insert into person values ('ada@example.org')");
    await expect(ask(server.url, "insert into person values ('ada@example.org')")).rejects.toThrow(/duplicate key/);
    await server.stop();
    expect(written.join("")).toContain("ready to accept connections");
    expect(written.join("")).not.toMatch(/ada@example|person/);
  });

  it.runIf(isRoot && mayReach(NOBODY, OWN_DATABASE))(
    "[PGE-14] runs for an ordinary user, and for root on the folder of that user",
    async () => {
      chmodSync(root, 0o755);
      rmSync(home, { recursive: true });
      mkdirSync(home, { mode: 0o700 });
      chownSync(home, NOBODY, NOBODY);
      const owner = await own({ uid: NOBODY });
      expect(ownerOf(owner.pid)).toBe(NOBODY);
      owner.child.kill("SIGTERM");
      await once(owner.child, "exit");
      const server = await start();
      expect(ownerOf(pidOf(server))).toBe(NOBODY);
    },
  );

  it.runIf(isRoot)("[PGE-15] runs for root where user namespaces are forbidden, with its files in a state directory", async () => {
    chmodSync(root, 0o755);
    rmSync(home, { recursive: true });
    mkdirSync(home, { mode: 0o700 });
    const stateRoot = join(root, "state");
    const path = pathWithout("unshare");
    const first = await own({ path, stateRoot });
    expect(ownerOf(first.pid)).not.toBe(0);
    await ask(first.url, "create table kept (id integer)");
    first.child.kill("SIGKILL");
    await vi.waitFor(() => expect(isLiving(first.pid)).toBe(false), PATIENCE);
    const second = await own({ path, stateRoot });
    expect(await ask(second.url, "select count(*)::int as rows from kept")).toEqual([{ rows: 0 }]);
    second.child.kill("SIGKILL");
    await vi.waitFor(() => expect(isLiving(second.pid)).toBe(false), PATIENCE);
  });
});

const PATIENCE = { timeout: 30_000, interval: 25 };

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ home, log, isThrowaway: true });
  servers.push(server);
  return server;
}

type Said = { readonly url: string; readonly pid: number } | { readonly refused: string };
type OwnerOptions = { readonly uid?: number; readonly path?: string; readonly stateRoot?: string };

/** Another process that becomes the owner. */
async function own(options: OwnerOptions = {}): Promise<{ child: ChildProcess; url: string; pid: number }> {
  const { child, said } = await spawnOwner(options);
  if ("refused" in said) throw new Error(said.refused);
  return { child, ...said };
}

async function spawnOwner({ uid, path, stateRoot }: OwnerOptions = {}): Promise<{ child: ChildProcess; said: Said }> {
  const child = spawn(process.execPath, [OWN_DATABASE, home, ...(stateRoot ? [stateRoot] : [])], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...(path ? { PATH: path } : {}) },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) return { child, said: JSON.parse(line) as Said }; // what own-database.ts prints
  throw new Error("the other process ended without a word");
}

/** A search path on which a program of the system is found, but fails. */
function pathWithout(program: string): string {
  const folder = join(root, "broken");
  mkdirSync(folder, { mode: 0o755 });
  writeFileSync(join(folder, program), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  return `${folder}:${process.env["PATH"]}`;
}

/** A server whose parent is gone: a shell starts it in the background and ends. */
async function startOrphan(): Promise<number> {
  const account = chooseAccount(home, findBinaries());
  const prefix = account.prefix.filter((_, index) => index < account.prefix.indexOf("setpriv")).join(" ");
  const command = `${prefix} ${binary(account.binaries, "postgres")} -D ${account.data} -k ${account.data} -c listen_addresses= >/dev/null 2>&1 &`;
  await once(spawn("setsid", ["sh", "-c", command], { stdio: "ignore" }), "exit");
  return vi.waitFor(async () => {
    await ask(`postgresql:///postgres?host=${account.data}&user=weft`, "select 1");
    const found = findPostmaster(account.data);
    if (!found) throw new Error("not yet");
    return found.pid;
  }, PATIENCE);
}

async function ask(url: string, query: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  client.on("error", () => {});
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(query)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

/** A clone in a private folder is out of reach for others. */
function mayReach(uid: number, file: string): boolean {
  return spawnSync("test", ["-r", file], { uid, gid: uid, cwd: "/" }).status === 0;
}

function dataFolder(): string {
  return join(home, "postgres", "data");
}

function pidOf(server: EmbeddedPostgres): number {
  const pid = server.pid();
  if (pid === undefined) throw new Error("the server has no process");
  return pid;
}

function ownerOf(pid: number): number {
  return Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}
