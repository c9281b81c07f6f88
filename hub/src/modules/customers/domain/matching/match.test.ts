import { describe, expect, it } from "vitest";
import { detectRoles, explain, matchTable, measure, type Table } from "./index.ts";

const HEADER = ["id", "given_name", "family_name", "birth_date", "street", "postcode", "email", "phone"];
const tableOf = (rows: readonly string[][]): Table => ({ columns: detectRoles(HEADER, rows), rows });

const GIVEN = "anna jordi marc laia pere nuria oriol clara pau mireia joan berta lluis gemma xavi carme roger silvia enric marta".split(
  " ",
);
const FAMILY = "serra vidal puig roca ferrer soler bosch mas font vila sala riera costa mir blanch camps pons prat rovira coll".split(" ");

/** `count` people who have nothing to do with each other, then each of them once more, with a slip. */
function people(count: number): string[][] {
  const first = Array.from({ length: count }, (_, i) => {
    const [given = "", family = ""] = [GIVEN[(i * 7) % 20], FAMILY[(i * 13 + Math.floor(i / 20)) % 20]];
    const birth = `19${40 + ((i * 11) % 60)}-${String(1 + ((i * 5) % 12)).padStart(2, "0")}-${String(1 + ((i * 17) % 28)).padStart(2, "0")}`;
    return [
      `a${i}`,
      given,
      family,
      birth,
      `carrer ${FAMILY[(i * 3) % 20]} ${i}`,
      String(8000 + i * 3),
      `${given}.${family}${i}@mail.example`,
      `06${String(10_000_000 + i * 7919)}`,
    ];
  });
  const again = first.map((row, i) => {
    const copy = [...row];
    copy[0] = `b${i}`;
    const at = 1 + (i % 7);
    copy[at] = i % 3 === 0 ? "" : `${(copy[at] ?? "").slice(0, 2)}${(copy[at] ?? "").slice(3)}`;
    return copy;
  });
  return [...first, ...again];
}

const truthOf = (rows: readonly string[][]): string[] => rows.map(([id = ""]) => id.slice(1));
const same = ({ clusterOf }: { clusterOf: Int32Array }, rows: readonly string[][], x: string, y: string): boolean =>
  clusterOf[rows.findIndex(([id]) => id === x)] === clusterOf[rows.findIndex(([id]) => id === y)];

describe("matching", () => {
  const rows = people(150);

  it("finds who is there twice, without being told anything", () => {
    const result = matchTable(tableOf(rows));
    expect(measure(result.clusterOf, truthOf(rows))).toMatchObject({ precision: 1, recall: 1 });
    expect(result.expectedPrecision).toBeGreaterThan(0.97);
  });

  it("gives equal clusters for any order of the records", () => {
    const wanted = new Map(rows.map(([id = ""], i) => [id, matchedOnce.clusterOf[i]]));
    for (const step of [7, 11, 13]) {
      const shuffled = rows.map((_, i) => rows[(i * step + 5) % rows.length] ?? []);
      const result = matchTable(tableOf(shuffled));
      expect(shuffled.map(([id = ""], i) => [id, result.clusterOf[i]])).toEqual(shuffled.map(([id = ""]) => [id, wanted.get(id)]));
    }
  });
  const matchedOnce = matchTable(tableOf(rows));

  it("keeps a family apart that shares e-mail, phone and address: different given names and birth dates are different people", () => {
    const home = ["Roca Gran", "1975-03-04", "carrer ample 3", "08500", "familia@mail.example", "0612121212"];
    const family = [
      ["f1", "mercedes", ...home],
      ["f2", "albert", home[0] ?? "", "2004-11-23", ...home.slice(2)],
      ["f3", "ines", home[0] ?? "", "2007-06-30", ...home.slice(2)],
    ];
    const all = [...rows, ...family];
    const result = matchTable(tableOf(all));
    expect([same(result, all, "f1", "f2"), same(result, all, "f1", "f3"), same(result, all, "f2", "f3")]).toEqual([false, false, false]);
  });

  it("default values join nobody", () => {
    const all = rows.map((row, i) => (i < 40 ? [...row.slice(0, 6), "test@test", "0000000000"] : row));
    const result = matchTable(tableOf(all));
    expect(measure(result.clusterOf, truthOf(all)).precision).toBe(1);
  });

  it("does not join again whom a person judged to be different", () => {
    const result = matchTable(tableOf(rows), { apart: [[3, 153]] });
    expect(same(result, rows, "a3", "b3")).toBe(false);
    expect(same(result, rows, "a4", "b4")).toBe(true);
  });

  it("takes each person once from each of two clean files", () => {
    const twin = ["a900", ...(rows[150]?.slice(1) ?? [])];
    const all = [...rows.slice(0, 150), twin, ...rows.slice(150)];
    const files = Uint8Array.from(all, ([id = ""]) => (id.startsWith("b") ? 1 : 0));
    const result = matchTable({ ...tableOf(all), files }, { isOneToOne: true });
    const partners = all.filter(([id = ""]) => !id.startsWith("b") && same(result, all, id, "b0"));
    expect(partners).toHaveLength(1);
    expect(result.review.some(({ rows: pair }) => pair.some((row) => ["a0", "a900"].includes(all[row]?.[0] ?? "")))).toBe(true);
  });

  it("says for each pair what every field says, strongest first", () => {
    const { plan } = matchedOnce;
    const at = (id: string): number => plan.prepared.rows.indexOf(rows.findIndex(([other]) => other === id));
    const reasons = explain(plan, at("a4"), at("b4"));
    expect(reasons.map(({ field }) => field)).toContain("birth date");
    expect(reasons.every(({ bits }, i) => i === 0 || Math.abs(bits) <= Math.abs(reasons[i - 1]?.bits ?? 0))).toBe(true);
    expect(reasons.reduce((sum, { bits }) => sum + bits, 0)).toBeGreaterThan(10);
  });

  it("has nothing to say about a file of nobody or of one", () => {
    expect(matchTable(tableOf([])).clusters).toBe(0);
    expect(matchTable(tableOf(rows.slice(0, 1))).clusters).toBe(1);
  });
});
