import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { walk } from "../../demo/src/shoppers/walk.ts";
import { afterRestore } from "../src/after-restore.ts";
import { assembleHub } from "../src/assemble.ts";
import { INVARIANTS } from "../src/invariants.ts";
import { migrationFolders } from "../src/modules.ts";
import { writeBackupFile, type Frame, readBackupFile } from "../src/platform/backup/backup-file.ts";
import {
  appendErased,
  backUpAndRotate,
  checkInvariants,
  createLog,
  erasedListBeside,
  finishRestore,
  openVault,
  readErased,
  restoreBackup,
  takeBackup,
} from "../src/platform/index.ts";
import { emptyDatabase } from "./database.ts";
import { openDemoHub, type DemoHub } from "./demo-hub.ts";
import { askWith } from "./demo-fetch.ts";

const SECRET = "a secret that only tests know, of forty";
const VERSION = "1.2.3";
const log = createLog("silent");

let demo: DemoHub;
let folder: string;
let still: string;
const pools: pg.Pool[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "weft-backup-"));
  demo = await openDemoHub();
  still = join(folder, "still.backup");
  await takeBackup({ pool: demo.pool, path: still, version: VERSION });
}, 120_000);
afterAll(async () => {
  for (const pool of pools) await pool.end();
  await demo.close();
  await rm(folder, { recursive: true, force: true });
});

async function newPool(): Promise<pg.Pool> {
  const { poolConfig } = await emptyDatabase();
  const pool = new pg.Pool({ ...poolConfig, max: 4, options: "-c statement_timeout=10s -c lock_timeout=2s" });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  pools.push(pool);
  return pool;
}

type Wanted = Partial<Parameters<typeof restoreBackup>[0]>;

async function restoreInto(pool: pg.Pool, path: string, wanted: Wanted = {}) {
  const parts = { pool, path, folders: migrationFolders(), vault: openVault(SECRET), log, afterwards: { erasedRecordIds: [] }, ...wanted };
  const restored = await restoreBackup(parts);
  await finishRestore(pool, afterRestore(pool, log, openVault(SECRET)));
  return restored;
}

const isEmpty = async (pool: pg.Pool): Promise<boolean> =>
  (await pool.query("select from pg_tables where schemaname not in ('pg_catalog', 'information_schema', 'jobs')")).rowCount === 0;

const broken = async (pool: pg.Pool): Promise<string[]> =>
  (await checkInvariants(pool, INVARIANTS)).results.filter(({ violations }) => violations > 0).map(({ name }) => name);

/** Every table with the number of its rows and a sum over them, in any order. */
async function contentsOf(pool: pg.Pool): Promise<Record<string, string>> {
  const { rows: tables } = await pool.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p'
       and n.nspname not in ('pg_catalog', 'information_schema', 'jobs') order by 1`);
  const contents: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await pool.query<{ sum: string }>(
      `select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as sum from ${name} t`,
    );
    contents[name] = rows[0]?.sum ?? "";
  }
  return contents;
}

describe("a backup", () => {
  it("[BAK-1] restores row by row to what was there, with sequences that go on", async () => {
    const restored = await newPool();
    const path = join(folder, "equal.backup");
    const before = await contentsOf(demo.pool);
    await takeBackup({ pool: demo.pool, path, version: VERSION });
    const after = await contentsOf(demo.pool);
    expect(await restoreInto(restored, path)).toMatchObject({ version: VERSION, epoch: 2, migratedForward: 0 });
    const copy = await contentsOf(restored);
    // Not what moves by itself while nobody buys, what belongs to a running hub, and the journals, which say that they were restored.
    const quiet = Object.keys(before).filter(
      (name) => before[name] === after[name] && !/platform\.(node|job_worker|installation)|till\.hub_entry/.test(name),
    );
    expect(quiet.length).toBeGreaterThan(80);
    expect(Object.fromEntries(quiet.map((name) => [name, copy[name]]))).toEqual(
      Object.fromEntries(quiet.map((name) => [name, before[name]])),
    );
    expect(await broken(restored)).toEqual([]);
    const orderNumber = "select nextval('platform.outbox_seq_seq') as n";
    const [theirs, ours] = [await demo.pool.query<{ n: number }>(orderNumber), await restored.query<{ n: number }>(orderNumber)];
    expect(ours.rows[0]?.n).toBeGreaterThan(1);
    expect(ours.rows[0]?.n).toBeLessThanOrEqual(theirs.rows[0]?.n ?? 0); // the living hub has gone on meanwhile
  });

  it("[BAK-1] taken while shoppers buy on web, app and till is one moment: every invariant holds in it, and a hub runs on it", async () => {
    const path = join(folder, "busy.backup");
    let walks = 0;
    let isOver = false;
    const shoppers = walk({
      hub: { baseUrl: "", fetch: askWith(demo.app) },
      seed: 4,
      people: 3,
      thinkMs: 0,
      isOver: (done) => (walks = done) >= 6 && isOver,
      print: () => undefined,
    });
    await expect.poll(() => walks, { timeout: 60_000 }).toBeGreaterThan(2);
    await takeBackup({ pool: demo.pool, path, version: VERSION });
    isOver = true;
    expect((await shoppers).brokeOff).toEqual({});
    const restored = await newPool();
    await restoreInto(restored, path);
    expect(await broken(restored)).toEqual([]);
    const count = async (pool: pg.Pool) =>
      (await pool.query<{ n: number }>("select count(*)::int as n from orders.orders")).rows[0]?.n ?? 0;
    expect(await count(restored)).toBeLessThanOrEqual(await count(demo.pool));
    const hub = await assembleHub({
      pool: restored,
      config: { role: "all", isDemo: true, secret: SECRET, rateLimit: 0, smtpFrom: "Weft <weft@example.com>" },
      log,
      checksAnswers: true,
      migrations: 0,
    });
    const answer = await hub.app.inject({
      method: "POST",
      url: "/v1/demo-sessions",
      headers: { "weft-session": "weft_office" },
      payload: { persona: "anna" },
    });
    expect(answer.statusCode).toBe(201);
    await hub.stop();
  }, 120_000);

  it("[BAK-2] that is cut off leaves no file, and a whole one is never written over", async () => {
    const directory = await mkdtemp(join(folder, "cut-"));
    const stop = new AbortController();
    const cut = takeBackup({
      pool: demo.pool,
      path: join(directory, "cut.backup"),
      version: VERSION,
      signal: stop.signal,
      onProgress: (done) => done === 20 && stop.abort(),
    });
    await expect(cut).rejects.toThrow("The backup was not taken");
    expect(await readdir(directory)).toEqual([]);
  });

  it("[BAK-6] every night keeps the newest files, clears away what was cut off, and touches no others", async () => {
    const directory = await mkdtemp(join(folder, "nights-"));
    const old = ["weft-20260101T014000Z.backup", "weft-20260102T014000Z.backup", "weft-20260103T014000Z.backup.partial", "mine.backup"];
    for (const file of old) await writeFile(join(directory, file), "");
    await backUpAndRotate(demo.pool, { directory, kept: 2, version: VERSION });
    const files = (await readdir(directory)).toSorted();
    expect(files).toEqual(["mine.backup", "weft-20260102T014000Z.backup", expect.stringMatching(/^weft-2026\d{4}T\d{6}Z\.backup$/)]);
    const { rows } = await demo.pool.query(
      "select file, error, bytes > 0 as filled from platform.backup_run order by started_at desc limit 1",
    );
    expect(rows).toEqual([{ file: files[2], error: null, filled: true }]);
  });
});

describe("a restore", () => {
  it("[BAK-3] that is cut off in the middle leaves the database empty, and goes well when it is done again", async () => {
    const pool = await newPool();
    const cut = restoreInto(pool, still, {
      onProgress: (done) =>
        done === 30 &&
        void demo.pool.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'weft restore'"),
    });
    await expect(cut).rejects.toThrow("The connection to the database was lost in the middle");
    expect(await isEmpty(pool)).toBe(true);
    await restoreInto(pool, still);
    expect(await broken(pool)).toEqual([]);
  });

  it("[BAK-3] refuses a file that is damaged anywhere, is cut off, or is none, and changes nothing", async () => {
    const pool = await newPool();
    const whole = await readFile(still);
    const flipped = Buffer.from(whole);
    flipped.writeUInt8(flipped.readUInt8(Math.floor(whole.length / 2)) ^ 0x10, Math.floor(whole.length / 2));
    const files = {
      flipped,
      short: whole.subarray(0, -40),
      half: whole.subarray(0, whole.length / 2),
      none: Buffer.from("hello"),
      empty: Buffer.alloc(0),
    };
    for (const [name, bytes] of Object.entries(files)) {
      const path = join(folder, name);
      await writeFile(path, bytes);
      await expect(restoreInto(pool, path), name).rejects.toThrow(/is damaged|is no backup/);
    }
    await expect(restoreInto(pool, join(folder, "nowhere"))).rejects.toThrow("There is no file");
    expect(await isEmpty(pool)).toBe(true);
  });

  it("[BAK-3] refuses a file of a later version, naming the migration that is missing, and one under another secret", async () => {
    const pool = await newPool();
    const later = await changed("later.backup", (header) => ({
      ...header,
      version: "9.0.0",
      migrations: [...(header["migrations"] as unknown[]), { module: "stock", number: 99, name: "0099_later.sql", sha256: "x" }],
    }));
    await expect(restoreInto(pool, later)).rejects.toThrow("9.0.0): this one does not have stock 0099_later.sql");
    await expect(restoreInto(pool, await changed("format.backup", (header) => ({ ...header, weftBackup: 2 })))).rejects.toThrow(
      "later version",
    );
    await expect(restoreInto(pool, still, { vault: openVault("another secret, which is long enough") })).rejects.toThrow("another secret");
    expect(await isEmpty(pool)).toBe(true);
  });

  it("[BAK-3] refuses a database that has something in it", async () => {
    const pool = await newPool();
    await pool.query("create table public.mine (id integer)");
    await expect(restoreInto(pool, still)).rejects.toThrow("The database is not empty: it has public.mine");
  });

  it("[BAK-4] into a later version brings the data to its migrations", async () => {
    const pool = await newPool();
    const planted = await mkdtemp(join(folder, "planted-"));
    await writeFile(
      join(planted, "0001_later.sql"),
      "create table later.note (id uuid primary key); insert into later.note select id from orders.orders;",
    );
    const restored = await restoreInto(pool, still, { folders: [...migrationFolders(), { name: "later", directory: planted }] });
    expect(restored.migratedForward).toBe(1);
    const { rows } = await pool.query<{ equal: boolean }>(
      "select (select count(*) from later.note) = (select count(*) from orders.orders) and exists (select from later.note) as equal",
    );
    expect(rows).toEqual([{ equal: true }]);
  });

  it("[BAK-5] erases again who was erased after the backup was taken, also when it was cut off before it could", async () => {
    const pool = await newPool();
    const { rows } = await demo.pool.query<{ id: string }>(
      "select record_id as id from customers.record_person where person_id = (select person_id from customers.record_person group by 1 order by count(*) desc limit 1)",
    );
    const ids = rows.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(1);
    await appendErased(folder, [...ids, "00000000-0000-7000-8000-000000000000"]);
    const erasedRecordIds = await readErased(erasedListBeside(still));
    expect(erasedRecordIds).toHaveLength(ids.length + 1);
    await restoreBackup({ pool, path: still, folders: migrationFolders(), vault: openVault(SECRET), log, afterwards: { erasedRecordIds } });
    // Here the command is killed; the hub that starts on this database goes on.
    expect(await finishRestore(pool, afterRestore(pool, log, openVault(SECRET)))).toBe(true);
    expect(await finishRestore(pool, afterRestore(pool, log, openVault(SECRET)))).toBe(false);
    const states = await pool.query("select distinct state from customers.source_record where id = any($1)", [ids]);
    expect(states.rows).toEqual([{ state: "erased" }]);
    expect(await broken(pool)).toEqual([]);
  });
});

/** The still backup with another header, as a later hub would write it. */
async function changed(name: string, change: (header: Record<string, unknown>) => unknown): Promise<string> {
  const path = join(folder, name);
  const file = writeBackupFile(path);
  const write = (frame: Frame): Promise<void> => {
    if (frame.kind === "header") return file.header(change(frame.header as Record<string, unknown>)); // a header is an object
    if (frame.kind === "table") return file.table(frame.table);
    return frame.kind === "data" ? file.data(frame.bytes) : file.tableEnd();
  };
  for await (const frame of readBackupFile(still)) await write(frame);
  await file.end();
  return path;
}
