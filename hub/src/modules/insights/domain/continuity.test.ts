import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Facet } from "@weft/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeSeam, type Moment } from "./continuity.ts";
import { FACETS } from "./facets.ts";
import { indexOf, levelOf, scoreOf, shareOf, type PairTally } from "./measure.ts";

type Line = readonly [sku: string, quantity: number, price: string];

const cart = (id: string, ...lines: readonly Line[]) => {
  const items = new Map(lines.map(([sku, quantity, price]) => [sku, { quantity, price }]));
  return { id, items, version: 3, total: "900" };
};

const moment = (given: Partial<Moment> = {}): Moment => ({
  customerId: "c1",
  cart: null,
  promise: null,
  orders: [],
  balance: { shown: 120, ledger: 120 },
  conversationId: null,
  preferences: null,
  ...given,
});

/** What became of one facet: `carried`, the reason of its loss, or nothing where it did not apply. */
function of(facet: Facet, before: Partial<Moment>, after: Partial<Moment>): string | null {
  const verdict = judgeSeam(moment(before), moment(after))[facet];
  return verdict.kind === "not_applicable" ? null : verdict.kind === "carried" ? "carried" : verdict.because;
}

describe("[INS-1] what was carried over a seam", () => {
  const had = cart("k1", ["latte", 2, "350"], ["mug", 1, "1200"]);
  const order = { id: "o1", number: "W-1", ranks: [0, 2, 0] };

  it.each<readonly [string, Facet, Partial<Moment>, Partial<Moment>, string | null]>([
    ["the same customer on both", "identity", {}, {}, "carried"],
    ["another customer", "identity", {}, { customerId: "c2" }, "other_customer"],
    ["nobody known", "identity", {}, { customerId: null }, "nobody_known"],
    ["no cart before", "cart", {}, { cart: had }, null],
    ["an empty cart before", "cart", { cart: cart("k1") }, {}, null],
    [
      "the cart with more in it",
      "cart",
      { cart: had },
      { cart: cart("k1", ["latte", 3, "350"], ["mug", 1, "1200"], ["tea", 1, "300"]) },
      "carried",
    ],
    ["no cart shown", "cart", { cart: had }, {}, "not_shown"],
    ["another cart with the same goods", "cart", { cart: had }, { cart: { ...had, id: "k2" } }, "other_cart"],
    ["an item gone", "cart", { cart: had }, { cart: cart("k1", ["latte", 2, "350"]) }, "item_missing"],
    ["fewer of one", "cart", { cart: had }, { cart: cart("k1", ["latte", 1, "350"], ["mug", 1, "1200"]) }, "fewer_units"],
    ["the cart by its version alone", "cart", { cart: had }, { cart: { ...had, items: null } }, "carried"],
    ["the cart at another version, without lines", "cart", { cart: had }, { cart: { ...had, items: null, version: 4 } }, "not_shown"],
    ["every price as it was", "price", { cart: had }, { cart: had }, "carried"],
    ["one price changed", "price", { cart: had }, { cart: cart("k1", ["latte", 2, "360"], ["mug", 1, "1200"]) }, "other_price"],
    ["the price of a lost cart", "price", { cart: had }, { cart: { ...had, id: "k2" } }, null],
    [
      "the same place at the same time",
      "promise",
      { promise: { placeId: "p", at: null, isConfirmedChange: false } },
      { promise: { placeId: "p", at: null, isConfirmedChange: false } },
      "carried",
    ],
    [
      "a promise that came later",
      "promise",
      { promise: { placeId: "p", at: "2026-03-02T10:00:00Z", isConfirmedChange: false } },
      { promise: { placeId: "p", at: "2026-03-02T10:30:00Z", isConfirmedChange: false } },
      "later",
    ],
    [
      "an earlier one",
      "promise",
      { promise: { placeId: "p", at: "2026-03-02T10:00:00Z", isConfirmedChange: false } },
      { promise: { placeId: "p", at: "2026-03-02T09:30:00Z", isConfirmedChange: false } },
      "carried",
    ],
    [
      "another place",
      "promise",
      { promise: { placeId: "p", at: null, isConfirmedChange: false } },
      { promise: { placeId: "q", at: null, isConfirmedChange: false } },
      "other_place",
    ],
    [
      "another place that the customer confirmed",
      "promise",
      { promise: { placeId: "p", at: null, isConfirmedChange: false } },
      { promise: { placeId: "q", at: null, isConfirmedChange: true } },
      "carried",
    ],
    ["the order, gone further", "order", { orders: [order] }, { orders: [{ ...order, ranks: [0, 2, 1] }] }, "carried"],
    ["the order by its number", "order", { orders: [order] }, { orders: [{ id: null, number: "W-1", ranks: [0] }] }, "carried"],
    ["the order as it was before", "order", { orders: [order] }, { orders: [{ ...order, ranks: [0, 0, 0] }] }, "earlier_state"],
    ["another order", "order", { orders: [order] }, { orders: [{ id: "o2", number: "W-2", ranks: [0] }] }, "other_order"],
    ["no order", "order", { orders: [order] }, {}, "not_shown"],
    ["the balance of the ledger", "loyalty", {}, {}, "carried"],
    ["yesterday's balance", "loyalty", {}, { balance: { shown: 110, ledger: 120 } }, "other_balance"],
    ["no balance at all", "loyalty", {}, { balance: null }, "not_shown"],
    ["somebody without a card, who has nothing", "loyalty", {}, { balance: { shown: 0, ledger: 0 } }, "carried"],
    ["the same conversation", "conversation", { conversationId: "t" }, { conversationId: "t" }, "carried"],
    ["another conversation", "conversation", { conversationId: "t" }, { conversationId: "u" }, "other_conversation"],
    [
      "a language that is forgotten",
      "preferences",
      { preferences: { locale: "ca" } },
      { preferences: { locale: "en" } },
      "other_preference",
    ],
    [
      "a language that is kept",
      "preferences",
      { preferences: { locale: "ca" } },
      { preferences: { locale: "ca", channel: "email" } },
      "carried",
    ],
  ])("%s", (_name, facet, before, after, expected) => {
    expect(of(facet, before, after)).toBe(expected);
  });
});

describe("[INS-2] the weighted score", () => {
  it("is the weight of what was carried over the weight of what applied", () => {
    const had = cart("k1", ["latte", 1, "350"]);
    const verdicts = judgeSeam(moment({ cart: had }), moment({ cart: cart("k1", ["latte", 1, "360"]), balance: null }));
    expect(scoreOf(verdicts)).toBeCloseTo((0.3 + 0.25) / (0.3 + 0.25 + 0.15 + 0.15), 12);
    expect(scoreOf(judgeSeam(moment(), moment()))).toBe(1);
  });
});

describe("[INS-3] measure, level and index", () => {
  const tally = (seams: number, given: Partial<Record<Facet, readonly [carried: number, lost: number]>>): PairTally => ({
    seams,
    facets: Object.fromEntries(
      FACETS.map((facet) => [facet, { carried: given[facet]?.[0] ?? 0, lost: given[facet]?.[1] ?? 0 }]),
    ) as PairTally["facets"], // of every facet
  });

  it("Wilson's interval of published examples, and never outside 0 and 1", () => {
    const { low, high } = shareOf({ carried: 10, lost: 0 }) ?? { low: 0, high: 0 };
    expect([low, high]).toEqual([expect.closeTo(0.7225, 4), expect.closeTo(1, 12)]);
    const half = shareOf({ carried: 81, lost: 182 }); // Newcombe 1998, table I
    expect([half?.low, half?.high]).toEqual([expect.closeTo(0.2553, 4), expect.closeTo(0.3662, 4)]);
    expect(shareOf({ carried: 0, lost: 0 })).toBeNull();
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (carried, lost) => {
        const found = shareOf({ carried, lost });
        if (found)
          expect(0 <= found.low && found.low <= found.share + 1e-12 && found.share <= found.high + 1e-12 && found.high <= 1).toBe(true);
      }),
    );
  });

  it("fewer than thirty seams have no verdict; a level is held by the lower bounds, not by the shares", () => {
    expect(levelOf(tally(29, { identity: [29, 0], loyalty: [29, 0] }))).toBeNull();
    expect(levelOf(tally(60, { identity: [60, 0], loyalty: [60, 0] }))).toBe("multi"); // 60 of 60 are at least .940
    expect(levelOf(tally(73, { identity: [73, 0], loyalty: [73, 0] }))).toBe("omni");
    expect(levelOf(tally(100, { identity: [95, 5], cart: [40, 20], loyalty: [0, 100] }))).toBe("cross");
    expect(levelOf(tally(100, { identity: [95, 5], order: [40, 20], loyalty: [0, 100] }))).toBe("cross");
    expect(levelOf(tally(100, { identity: [95, 5], cart: [30, 30], loyalty: [100, 0] }))).toBe("multi");
    expect(levelOf(tally(100, { identity: [80, 20], cart: [60, 0], loyalty: [100, 0] }))).toBe("multi");
  });

  it("the index counts seams on omni pairs whole and on cross pairs half", () => {
    const omni = tally(100, { identity: [100, 0], loyalty: [100, 0] });
    const cross = tally(100, { identity: [95, 5], cart: [40, 20], loyalty: [0, 100] });
    const few = tally(20, { identity: [20, 0] });
    expect(indexOf([omni, cross, few])).toBeCloseTo(150 / 220, 12);
    expect(indexOf([])).toBeNull();
  });
});

/** Beside the clone, not in it: without it there is nothing to prove. */
const FOLDER = resolve(import.meta.dirname, "../../../../../../shared/data/analytics/continuity");
const LOG = join(FOLDER, "journeys_a.csv.gz");

describe.skipIf(!existsSync(LOG))("npm run continuity, on a log whose losses are known (skipped where it is not beside the clone)", () => {
  const CLI = resolve(import.meta.dirname, "../../../cli/continuity.ts");
  type Answer = {
    transitions: number;
    overall_continuity: number;
    pairs: Record<string, { transitions: number; continuity: number; carried: number; lost: number }>;
  };
  const run = (path: string): Answer =>
    JSON.parse(spawnSync(process.execPath, [CLI, path, "--json"], { encoding: "utf8" }).stdout) as Answer; // checked below
  const expected = () => JSON.parse(readFileSync(join(FOLDER, "expected_journeys_a.json"), "utf8")) as Answer; // likewise

  it("[INS-1] every pair of channels within a millionth, and all of it pooled", () => {
    const found = run(LOG);
    const { transitions, overall_continuity: overall, pairs } = expected();
    expect([found.transitions, found.overall_continuity]).toEqual([transitions, overall]);
    expect(Object.keys(found.pairs).toSorted()).toEqual(Object.keys(pairs).toSorted());
    for (const [pair, { transitions: seams, continuity }] of Object.entries(pairs)) {
      expect([pair, found.pairs[pair]?.transitions]).toEqual([pair, seams]);
      expect(Math.abs((found.pairs[pair]?.continuity ?? 0) - continuity)).toBeLessThanOrEqual(1e-6);
    }
    const all = Object.values(found.pairs);
    expect(all.reduce((sum, { carried }) => sum + carried, 0)).toBe(16_735);
    expect(all.reduce((sum, { carried, lost }) => sum + carried + lost, 0)).toBe(24_118);
    expect([found.pairs["web>store"]?.carried, found.pairs["store>web"]?.carried]).toEqual([817, 820]);
  });

  it("[INS-1] the same log as JSON lines, as quoted CSV, and plain, says the same", () => {
    const folder = mkdtempSync(join(tmpdir(), "weft-continuity-"));
    const text = gunzipSync(readFileSync(LOG)).toString("utf8");
    const [header = "", ...lines] = text.trim().split("\n");
    const names = header.trim().split(",");
    const rows = lines.map((line) => line.trim().split(","));
    const files: Readonly<Record<string, string>> = {
      "plain.csv": text,
      "quoted.csv": [names, ...rows].map((row) => row.map((cell) => `"${cell}"`).join(",")).join("\r\n"),
      "lines.jsonl": rows.map((row) => JSON.stringify(Object.fromEntries(row.map((cell, n) => [names[n], cell])))).join("\n"),
    };
    const wanted = run(LOG);
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(folder, name), content);
      expect([name, run(join(folder, name))]).toEqual([name, wanted]);
    }
    rmSync(folder, { recursive: true });
  }, 30_000);
});
