import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { measure, type Measure } from "../domain/matching/index.ts";
import { mergeTables } from "./merge-tables.ts";
import { readTable } from "./read-table.ts";
import { runMatch } from "./run-match.ts";

/** Sets of people whose truth is known. Beside the clone, not in it: some are not free to be copied. */
const FOLDER = resolve(import.meta.dirname, "../../../../../../shared/data/identity");
const isThere = existsSync(FOLDER);
/** `npm run prove -- matching` takes all of them. */
const isWhole = process.env["WEFT_PROVE"] === "matching";

type KnownSet = { name: string; files: string[]; against?: string[]; truth: string[]; least: number };

const SMALL: KnownSet[] = [
  { name: "RLdata500", files: ["RLdata500.csv"], truth: ["RLdata500.truth.csv"], least: 0.985 },
  { name: "fake_1000", files: ["fake_1000.csv"], truth: ["fake_1000.truth.csv"], least: 0.93 },
];
const REST: KnownSet[] = [
  { name: "febrl1", files: ["febrl1.csv"], truth: ["febrl1.truth.csv"], least: 0.999 },
  { name: "febrl2", files: ["febrl2.csv"], truth: ["febrl2.truth.csv"], least: 0.999 },
  { name: "febrl4", files: ["febrl4a.csv"], against: ["febrl4b.csv"], truth: ["febrl4a.truth.csv", "febrl4b.truth.csv"], least: 0.999 },
  {
    name: "historical_50k",
    files: ["historical_50k.part1.csv", "historical_50k.part2.csv"],
    truth: ["historical_50k.truth.csv"],
    least: 0.84,
  },
  { name: "foreigners", files: ["foreigners.part1.csv", "foreigners.part2.csv"], truth: ["foreigners.truth.csv"], least: 0.65 },
];

async function tryOn({ files, against = [], truth }: KnownSet): Promise<Measure> {
  const read = (names: readonly string[], isSecond: boolean) =>
    Promise.all(names.map(async (name) => ({ table: await readTable(join(FOLDER, name)), isSecond })));
  const table = mergeTables([...(await read(files, false)), ...(await read(against, true))], new Map());
  const isAcross = against.length > 0;
  const { clusterOf } = await runMatch(table, { isOneToOne: isAcross });
  const persons = new Map((await read(truth, false)).flatMap(({ table }) => table.rows.map(([id = "", person = ""]) => [id, person])));
  const idAt = table.columns.findIndex(({ role }) => role === "id");
  return measure(
    clusterOf,
    table.rows.map((row) => persons.get(row[idAt] ?? "") ?? ""),
    isAcross ? table.files : undefined,
  );
}

describe.skipIf(!isThere)("sets whose truth is known (skipped where they are not beside the clone)", () => {
  it.each(isWhole ? [...SMALL, ...REST] : SMALL)("$name, learned without it: F1 at least $least", { timeout: 600_000 }, async (set) => {
    const { f1 } = await tryOn(set);
    expect(f1).toBeGreaterThanOrEqual(set.least);
  });
});
