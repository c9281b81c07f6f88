import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { measure, type Table } from "../domain/matching/index.ts";
import { generate } from "./generate.ts";
import { mergeTables } from "./merge-tables.ts";
import { readTable } from "./read-table.ts";
import { runMatch, type Matched } from "./run-match.ts";

let folder: string;
let table: Table;
let truth: string[];
let alone: Matched;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "weft-match-"));
  await generate(join(folder, "people.csv"), 2_500);
  table = mergeTables([{ table: await readTable(join(folder, "people.csv")), isSecond: false }], new Map());
  truth = (await readTable(join(folder, "people.truth.csv"))).rows.map(([, person = ""]) => person);
  alone = await runMatch(table, { threads: 1 });
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

it("finds made-up people again among their families, and threads find the same as one does", { timeout: 120_000 }, async () => {
  const measured = measure(alone.clusterOf, truth);
  expect(measured.precision).toBeGreaterThan(0.97);
  expect(measured.recall).toBeGreaterThan(0.9);
  const together = await runMatch(table, { threads: 2 });
  expect(together.clusterOf).toEqual(alone.clusterOf);
  expect(together.compared).toBe(alone.compared);
});

it("a stopped match goes on where it was, and ends as if it had not been stopped", { timeout: 120_000 }, async () => {
  const stop = new AbortController();
  const kept = join(folder, "kept");
  const first = runMatch(table, {
    folder: kept,
    signal: stop.signal,
    onProgress: (done) => done === 3 && stop.abort(new Error("stopped")),
  });
  await expect(first).rejects.toThrow("stopped");
  const files = await readdir(kept);
  expect(files).toHaveLength(3);
  let units = 0;
  const result = await runMatch(table, { folder: kept, onProgress: () => units++ });
  expect(await readdir(kept)).toHaveLength(units);
  expect(result.clusterOf).toEqual(alone.clusterOf);
});

it("reads other separators, quotes with line ends, and old encodings", async () => {
  const path = join(folder, "odd.csv");
  await writeFile(path, Buffer.from('id;name\r\n1;"Ros; ""Pep""\nJr"\r\n2;Andr\u00e9\r\n', "latin1"));
  expect(await readTable(path)).toEqual({
    header: ["id", "name"],
    rows: [
      ["1", 'Ros; "Pep"\nJr'],
      ["2", "André"],
    ],
  });
});

it("lays the columns of a second file beside those of the first by name, else by what they hold", () => {
  const first = { header: ["id", "vorname", "nachname"], rows: [["1", "Anna", "Berg"]] };
  const second = { header: ["surname", "first_name", "id", "shoe"], rows: [["Berg", "Anna", "x", "41"]] };
  const merged = mergeTables(
    [
      { table: first, isSecond: false },
      { table: second, isSecond: true },
    ],
    new Map(),
  );
  expect(merged.columns.map(({ name, role }) => `${name} ${role}`)).toEqual(["id id", "vorname given", "nachname family", "shoe text"]);
  expect(merged.rows[1]).toEqual(["x", "Anna", "Berg", "41"]);
  expect([...(merged.files ?? [])]).toEqual([0, 1]);
});
