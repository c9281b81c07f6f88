import { execFile } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { newId, ok, type Id, type ShiftId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ZipFile } from "yazl";
import { jobContext } from "../../../../test/job-context.ts";
import { CROISSANT, FRANCE, LYON, saleHub, tillActor, type SaleHub } from "../../../../test/sale-hub.ts";
import { signedRegister, type SignedRegister } from "../../../../test/signed-register.ts";
import { testTill } from "../../../../test/till-hub.ts";
import { requestArchive, requestCheck, setIdentity } from "./archives.ts";
import type { FiscalEntry } from "../fiscal/index.ts";
import { archiveJobs, archiveParts } from "./jobs.ts";
import { makeRoot } from "../journal/roots.ts";
import { verifyRegister } from "./check.ts";
import { gatherArchive } from "./gather.ts";
import { openZip, textOf } from "./verifier.mjs";
import { writeArchive } from "./write-archive.ts";

const VERIFIER = join(import.meta.dirname, "verifier.mjs");
const YEAR = { from: "2026-01-01", until: "2026-12-31" };

let hub: SaleHub;
let register: SignedRegister;
let folder: string;
let whole: string;
let files: Map<string, string>;

beforeAll(async () => {
  hub = await saleHub();
  folder = await mkdtemp(join(tmpdir(), "weft-archive-test-"));
  register = await signedRegister(hub);
  const first = await register.ticket("2026-03-30T08:00:00Z", 1200);
  await register.copy("2026-03-30T08:05:00Z", first);
  await register.ticket("2026-03-30T09:00:00Z", -300, "return");
  await register.closeShift("2026-03-30T18:00:00Z");
  await register.ticket("2026-03-31T08:00:00Z", 999);
  await register.event("2026-03-31T08:30:00Z", "drawer, with a comma");
  await register.ticket("2026-04-01T08:00:00Z", 450);
  await hub.stock(CROISSANT, LYON, 50);
  const till = await testTill(hub);
  const shiftId = newId<ShiftId>();
  const at = { at: "2026-06-01T10:00:00.000Z" };
  await till.act("shift.open", { shiftId, float: { lines: [{ denomination: 1000, count: 10 }] } }, at);
  await till.sale(await hub.cart([[CROISSANT, 2]], { actor: tillActor() }), shiftId, [{ kind: "cash", received: 5000 }], at);
  whole = await archived("whole", { from: "2025-12-31", until: "2026-12-30" });
  files = await filesOf(whole);
}, 60_000);
afterAll(async () => {
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

const writer = () => ({ signer: hub.signer, softwareVersion: "1.0.0" });
const reader = () => ({ db: hub.db, snapshots: hub.around.snapshots });

/** Writes an archive of everything in a period to a file. */
async function archived(name: string, period: { from: string; until: string }): Promise<string> {
  const wanted = { id: newId<Id<"fiscal archive">>(), entityId: FRANCE, period, madeAt: new Date() };
  const { source } = await gatherArchive(reader(), writer(), wanted);
  const path = join(folder, `${name}.zip`);
  await pipeline(writeArchive(source, hub.signer).bytes, createWriteStream(path));
  return path;
}

async function filesOf(path: string): Promise<Map<string, string>> {
  const zip = await openZip(path);
  const found = new Map<string, string>();
  for (const name of zip.files.keys()) found.set(name, await textOf(zip, name));
  return found;
}

/** The archive with one file as `change` leaves it: lines of a `.jsonl`, parsed. */
async function tampered(name: string, file: string, change: (lines: string[]) => string[]): Promise<string> {
  const zip = new ZipFile();
  for (const [own, text] of files) {
    const lines = text.split("\n").filter((line) => line !== "");
    // Not packed: a hundred of them are made.
    zip.addBuffer(Buffer.from(own === file ? `${change(lines).join("\n")}\n` : text), own, { compress: false });
  }
  zip.end();
  const path = join(folder, `${name}.zip`);
  await pipeline(Readable.from(zip.outputStream as unknown as AsyncIterable<Buffer>), createWriteStream(path)); // yazl's is a PassThrough of Node
  return path;
}

/** The verifier as its own process, as the tax office runs it. */
function verify(path: string, ...options: string[]): Promise<{ readonly code: number; readonly said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [VERIFIER, path, ...options], (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, said: `${stdout}${stderr}` }),
    );
  });
}

const entriesIn = (file: string): FiscalEntry[] =>
  (files.get(file) ?? "")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as FiscalEntry) // what `writeArchive` wrote
    .filter((entry) => entry.registerId === register.id);

describe("an archive", () => {
  it("[ARC-1] holds every entry of every chain with its keys, its manifest and its own verifier, and verifies on a bare Node", async () => {
    expect([...files.keys()]).toEqual(
      expect.arrayContaining([
        "manifest.json",
        "tickets.jsonl",
        "duplicates.jsonl",
        "grandtotals.jsonl",
        "jet.jsonl",
        "keys.pem",
        "archive.xml",
        "archive.xsd",
        "archive.sig",
        "verifier.mjs",
      ]),
    );
    expect(entriesIn("tickets.jsonl")).toHaveLength(4);
    const manifest = JSON.parse(files.get("manifest.json") ?? "{}") as { entity: object; counts: object; totals: { count: number } }; // as above
    expect(manifest).toMatchObject({ entity: { name: "Trama France" }, counts: { T: 5, C: 1 }, totals: { count: 5 } });
    const { code, said } = await verify(whole);
    expect(said).toContain("none failed");
    expect(said).toContain("hashed and not signed");
    expect(code).toBe(0);
  });

  it("[ARC-1] tells tickets with lines, taxes and payments as XML too, whatever stands in a name", () => {
    const xml = files.get("archive.xml") ?? "";
    expect(xml).toContain('label="Café &lt;grand&gt; &amp; crème"');
    for (const element of ["GrandPeriod", "Tickets", "SalesLines", "TaxLines", "PaymentLines", "Duplicates", "GrandTotals", "JET"])
      expect(xml).toContain(`<${element}`);
    expect([...xml.matchAll(/<Ticket /g)]).toHaveLength(5);
  });

  it("[ARC-1] of a month begins where the one before ended, and verifies alone", async () => {
    const month = await archived("april", { from: "2026-04-01", until: "2026-04-30" });
    const { code, said } = await verify(month, "--json");
    expect(JSON.parse(said)).toMatchObject({ failed: 0, findings: [] });
    expect(code).toBe(0);
  });

  it("[ARC-2] is of a year at most, of a legal entity that is known, in which something was written", async () => {
    const ask = (period: { from: string; until: string }, entity = FRANCE) => hub.run((ctx) => requestArchive(ctx, entity, period));
    expect(await ask({ from: "2026-01-01", until: "2027-01-01" })).toMatchObject({ error: { code: "till.period_too_long" } });
    expect(await ask({ from: "2026-02-01", until: "2026-01-01" })).toMatchObject({ error: { code: "till.period_too_long" } });
    expect(await ask({ from: "2020-01-01", until: "2020-12-31" })).toMatchObject({ error: { code: "till.nothing_to_archive" } });
    expect(await ask(YEAR, newId())).toMatchObject({ error: { code: "till.entity_unknown" } });
  });
});

/** Every value in an entry, by its path. */
function pathsIn(value: unknown, at: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [at];
  return Object.entries(value).flatMap(([name, own]) => pathsIn(own, [...at, name]));
}

function other(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value === "string") return `${value.slice(0, -1)}Z`;
  return typeof value === "boolean" ? !value : "somebody";
}

function changed(entry: object, path: readonly (string | number)[]): string {
  const copy = structuredClone(entry) as Record<string, unknown>; // whatever it is, its values are reached by name
  const last = path.at(-1) ?? "";
  const holder = path.slice(0, -1).reduce<Record<string, unknown>>((inner, name) => inner[name] as Record<string, unknown>, copy); // by `pathsIn`
  const value = holder[last];
  holder[last] = other(value);
  return JSON.stringify(copy);
}

describe("tampering", () => {
  it("[ARC-3] names the entry of every single value that is changed: of a ticket, a copy, a closing, an event", async () => {
    const cases = (["tickets.jsonl", "duplicates.jsonl", "grandtotals.jsonl", "jet.jsonl"] as const).flatMap((file) => {
      const entry = entriesIn(file).at(-1);
      return entry ? pathsIn(entry).map((path) => ({ file, entry, path })) : [];
    });
    expect(cases.length).toBeGreaterThan(100);
    const missed: string[] = [];
    // In one process, which takes each archive by itself: a hundred starts of Node would take longer than all the rest.
    const paths = await Promise.all(
      cases.map(({ file, entry, path }, n) =>
        tampered(`field-${n}`, file, (lines) => lines.map((line) => (isSame(line, entry) ? changed(entry, path) : line))),
      ),
    );
    const said = await verifyAll(paths);
    cases.forEach(({ entry, path, file }, n) => {
      // What says which register it is of, or which chain, decides where it is looked for: then its line is named.
      const isNamed = (said[n] ?? []).some(
        (finding) => finding.includes(`${register.code}/${entry.chain}/`) || finding.includes(`${file} line`),
      );
      if (!isNamed) missed.push(`${file} ${path.join(".")}`);
    });
    expect(missed).toEqual([]);
  });

  it("[ARC-3] names an entry that is left out, two that are swapped, one that is doubled, and one that was put in later", async () => {
    const [one, two] = entriesIn("tickets.jsonl");
    if (!one || !two) throw new Error("there are tickets");
    const without = await tampered("deleted", "tickets.jsonl", (lines) => lines.filter((line) => !isSame(line, one)));
    const last = await tampered("cut", "tickets.jsonl", (lines) =>
      lines.filter((line) => !isSame(line, entriesIn("tickets.jsonl").at(-1) ?? one)),
    );
    const swapped = await tampered("swapped", "tickets.jsonl", (lines) =>
      lines.map((line) => (isSame(line, one) ? JSON.stringify(two) : isSame(line, two) ? JSON.stringify(one) : line)),
    );
    const doubled = await tampered("doubled", "tickets.jsonl", (lines) =>
      lines.flatMap((line) => (isSame(line, one) ? [line, line] : [line])),
    );
    const backDated = await tampered("back-dated", "tickets.jsonl", (lines) =>
      lines.flatMap((line) =>
        isSame(line, two) ? [JSON.stringify({ ...two, ts: "2026-03-30T09:30:00+01:00", body: one.body }), line] : [line],
      ),
    );
    for (const path of [without, last, swapped, doubled, backDated]) {
      const { code, said } = await verify(path);
      expect(said).toMatch(/#CHAIN [^ ]+\/T\/\d/);
      expect(said).toContain("#VERIFY tickets.jsonl: is not the file that was archived");
      expect(code).toBe(1);
    }
  });

  it("[ARC-3] names a manifest that was written again, and a file that does not belong", async () => {
    const { code, said } = await verify(
      await tampered("manifest", "manifest.json", (lines) =>
        lines.map((line) => line.replace('"until": "2026-12-30"', '"until": "2026-12-29"')),
      ),
    );
    expect(said).toContain("#SIGNATURE manifest.json");
    expect(code).toBe(1);
  });

  it("[ARC-3] names entries whose hashes were all computed again, but not signed", async () => {
    const forged = await tampered("forged", "tickets.jsonl", (lines) =>
      lines.map((line) => (isSame(line, entriesIn("tickets.jsonl")[0] ?? {}) ? line.replaceAll("Tasse", "Vase") : line)),
    );
    expect((await verify(forged)).said).toMatch(new RegExp(`#VERIFY ${register.code}/T/1: its document has another hash`));
  });

  it("[ARC-3] [JRN-1] names an entry that was hashed and not signed, when its content or its link is another", async () => {
    for (const [was, is] of [
      ['"total":', '"total":1'],
      ['"previousHash":"0', '"previousHash":"1'],
    ] as const) {
      const path = await tampered(`hashed-${is.length}`, "tickets.jsonl", (lines) =>
        lines.map((line) => (line.includes('"hashed":true') ? line.replace(was, is) : line)),
      );
      const { code, said } = await verify(path);
      expect(said).toMatch(/#(VERIFY|CHAIN) [^ ]+\/T\/1: /);
      expect(code).toBe(1);
    }
  });

  it("[ARC-3] says that this is no archive where it is none", async () => {
    expect(await verify(VERIFIER)).toMatchObject({ code: 2 });
    expect(await verify(join(folder, "missing.zip"))).toMatchObject({ code: 2 });
  });
});

function isSame(line: string, entry: object): boolean {
  return line === JSON.stringify(entry);
}

async function verifyAll(paths: readonly string[]): Promise<string[][]> {
  const script = `
    const { verifyArchive } = await import(${JSON.stringify(VERIFIER)});
    const all = [];
    for (const path of JSON.parse(process.argv[1])) {
      const found = [];
      await verifyArchive(path, (code, entry, reason) => found.push(code + " " + entry + ": " + reason)).catch((error) => found.push("unreadable " + error.message));
      all.push(found);
    }
    process.stdout.write(JSON.stringify(all));`;
  const output = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, ["--input-type=module", "-e", script, JSON.stringify(paths)], { maxBuffer: 1 << 26 }, (error, stdout) =>
      error ? reject(new Error(error.message)) : resolve(stdout),
    );
  });
  return JSON.parse(output) as string[][]; // what the script writes
}

describe("in the background", () => {
  const context = () => jobContext(hub, new Date());

  it("[ARC-5] is made by a job, kept in parts, and stands in the hub's own journal, which the next archive holds", async () => {
    const { jobs } = archiveJobs(writer());
    const id = await hub.must((ctx) => requestArchive(ctx, FRANCE, YEAR));
    await run(jobs, "till.make_archive", { archiveId: id });
    const [row] = await hub.rows<{ state: string; failure: string | null; bytes: number }>(
      "select state, failure, bytes::int from till.fiscal_archive where id = $1",
      [id],
    );
    expect(row).toMatchObject({ state: "done", failure: null });
    const path = join(folder, "job.zip");
    await pipeline(Readable.from(archiveParts(hub.db, id)), createWriteStream(path));
    expect((await verify(path)).code).toBe(0);
    const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const again = await archived("again", { from: day(-1), until: day(1) });
    const own = (await filesOf(again)).get("archives.jsonl") ?? "";
    expect(own).toContain(id);
    expect(await verify(again, "--json")).toMatchObject({ code: 0 });
  });

  it("[ARC-4] verifies registers and archives, and names what somebody changed in the database", async () => {
    const { jobs } = archiveJobs(writer());
    const check = async (): Promise<{ state: string; found: number; entries: number; findings: { entry: string; code: string }[] }> => {
      const id = await hub.must(
        async (ctx) => ({ ok: true, value: await requestCheck(ctx, { kind: "register", registerId: register.id }) }) as const,
      );
      await run(jobs, "till.check_journal", { checkId: id });
      const [row] = await hub.rows<{ state: string; found: number; entries: number; findings: { entry: string; code: string }[] }>(
        "select state, found::int, entries::int, findings from till.journal_check where id = $1",
        [id],
      );
      if (!row) throw new Error("the check was just asked for");
      return row;
    };
    expect(await check()).toMatchObject({ state: "done", found: 0, findings: [] });
    // Whoever owns the database can switch its guards off.
    await hub.rows("alter table till.fiscal_entry disable trigger append_only");
    await hub.rows(
      "update till.fiscal_entry set body = jsonb_set(body, '{document,total}', '1') where register_id = $1 and chain = 'T' and seq = 1",
      [register.id],
    );
    const after = await check();
    await hub.rows(
      "update till.fiscal_entry set body = jsonb_set(body, '{document,total}', '1200') where register_id = $1 and chain = 'T' and seq = 1",
      [register.id],
    );
    await hub.rows("alter table till.fiscal_entry enable trigger append_only");
    expect(after.found).toBeGreaterThan(0);
    expect(after.findings.map(({ entry }) => entry)).toContain(`${register.code}/T/1`);
  });

  it("[ARC-8] names entries that were cut off at the very end in the database: the register's manifest and the hub's root have them", async () => {
    const cut = await signedRegister(hub);
    await cut.ticket("2026-07-01T08:00:00Z", 500);
    await cut.ticket("2026-07-01T09:00:00Z", 700);
    await cut.event("2026-07-01T10:00:00Z", "the last one");
    await cut.upload("2026-07-01T18:00:00Z");
    await hub.must(async (ctx) => ok(await makeRoot(ctx, hub.signer, "2026-07-01")));
    const july = { from: "2026-07-01", until: "2026-07-31" };
    expect(await verify(await archived("uncut", july))).toMatchObject({ code: 0 });
    await hub.rows("alter table till.fiscal_entry disable trigger append_only");
    await hub.rows("delete from till.fiscal_entry where register_id = $1 and journal_seq > 2", [cut.id]);
    await hub.rows("alter table till.fiscal_entry enable trigger append_only");
    const { code, said } = await verify(await archived("cut-off", july));
    expect(said).toContain(`#CHAIN ${cut.code}/T/2: is missing: cut off at the end, the hub's root of 2026-07-01 has them`);
    expect(said).toContain(`#CHAIN ${cut.code}/L/2: is missing`);
    expect(said).toContain(`#CHAIN ${cut.code}/journal/3: to 4 are missing: cut off at the end, the register's own signature`);
    expect(code).toBe(1);
    const { findings } = await verifyRegister(hub.db, cut, [], () => undefined);
    expect(findings.map(({ entry }) => entry)).toEqual([`${cut.code}/L/2`, `${cut.code}/T/2`, `${cut.code}/journal/4`]);
  });

  it("[ARC-3] goes on under a new key after the old one was lost, and says so without calling it a defect", async () => {
    const other = await signedRegister(hub);
    await other.ticket("2026-05-02T08:00:00Z", 500);
    await other.loseKey("2026-05-02T09:00:00Z");
    await other.ticket("2026-05-02T10:00:00Z", 700);
    const { code, said } = await verify(await archived("lost", { from: "2026-05-01", until: "2026-05-31" }));
    expect(said).toMatch(new RegExp(`continued ${other.code}/L/\\d`));
    expect(code).toBe(0);
  });

  async function run(jobs: ReturnType<typeof archiveJobs>["jobs"], name: string, payload: object): Promise<void> {
    const found = jobs.find((one) => one.name === name);
    if (!found) throw new Error(`there is no job ${name}`);
    await found.handle(context(), payload as never); // the payload of that job
  }
});

it("[FIS-12] [FIS-14] an archive over the end of a fiscal year within a month has its closings and verifies", async () => {
  await hub.must((ctx) =>
    setIdentity(ctx, writer(), FRANCE, { companyNumber: null, activityCode: null, taxNumber: null, yearStart: "04-15" }),
  );
  const fiscal = await signedRegister(hub);
  await fiscal.ticket("2026-03-31T08:00:00Z", 300);
  await fiscal.ticket("2026-04-14T08:00:00Z", 500);
  await fiscal.ticket("2026-04-15T08:00:00Z", 700);
  await fiscal.ticket("2026-05-01T08:00:00Z", 900);
  const path = await archived("fiscal year", { from: "2026-03-01", until: "2026-05-31" });
  const { code, said } = await verify(path);
  expect([code, said]).toEqual([0, expect.stringContaining("none failed")]);
  const own = await filesOf(path);
  const closings = (kind: string) =>
    (own.get("grandtotals.jsonl") ?? "")
      .split("\n")
      .filter((line) => line.includes(fiscal.id) && line.includes(`"period":"${kind}"`))
      .map((line) => (JSON.parse(line) as FiscalEntry).body.document); // what `writeArchive` wrote
  expect(closings("year")).toMatchObject([{ key: "2026-03-31", from: "2026-03-31", to: "2026-04-14", totals: { net: 800 } }]);
  expect(closings("month")).toMatchObject([
    { key: "2026-03", to: "2026-03-31", totals: { net: 300 } },
    { key: "2026-04", from: "2026-04-01", to: "2026-04-14", totals: { net: 500 } },
    { key: "2026-04-15", from: "2026-04-15", to: "2026-04-30", totals: { net: 700 } },
  ]);
  expect(JSON.parse(own.get("manifest.json") ?? "{}")).toMatchObject({ entity: { yearStart: "04-15" } });
});

it("[ARC-10] the hub's own journal says that another version writes it, once, and still verifies", async () => {
  const numbers = { companyNumber: null, activityCode: null, taxNumber: null };
  const newer = { ...writer(), softwareVersion: "99.0.0" };
  for (const by of [writer(), newer, newer]) await hub.must((ctx) => setIdentity(ctx, by, FRANCE, numbers));
  const codes = await hub.rows<{ code: string }>(
    "select entry #>> '{body,document,code}' as code from till.hub_entry where entity_id = $1 and chain = 'L' order by journal_seq desc limit 4",
    [FRANCE],
  );
  expect(codes.map(({ code }) => code)).toEqual(["270", "270", "250", "270"]);
  const day = new Date().toISOString().slice(0, 10);
  const { said } = await verify(await archived("versions", { from: `${day.slice(0, 4)}-01-01`, until: `${day.slice(0, 4)}-12-31` }));
  // Registers of tests before this one were tampered with, and are named.
  expect(said).not.toMatch(/\bHUB\//);
});
