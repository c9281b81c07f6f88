import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { RETENTION } from "../src/retention.ts";
import { STOCK_DOCUMENT_KINDS, STOCK_DOCUMENT_STATES } from "../../packages/contracts/src/stock-words.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const SOURCES = globSync("hub/src/**/*.ts", { cwd: ROOT })
  .filter((path) => !path.endsWith(".test.ts"))
  .map((path) => readFileSync(resolve(ROOT, path), "utf8"));
const TEXTS: Readonly<Record<string, string>> = JSON.parse(readFileSync(resolve(ROOT, "apps/office/src/messages/en.json"), "utf8"));

/** Actions that are put together where they are written, with all that they can become. */
const PUT_TOGETHER: Readonly<Record<string, readonly string[]>> = {
  "tasks.${what}": ["tasks.take", "tasks.release", "tasks.finish"],
  "returns.${action}": ["returns.cancelRequest", "returns.receiveRequest", "returns.inspectRequest"],
  // Only what goes from store to store is ever on its way.
  "stock.${kind}.${state}": STOCK_DOCUMENT_KINDS.flatMap((kind) =>
    STOCK_DOCUMENT_STATES.flatMap((state) => (state === "in_transit" && kind !== "transfer" ? [] : [`stock.${kind}.${state}`])),
  ),
  // What was chosen stands behind a space, and is said by itself.
  "matching.moveRun ${body.state}": ["matching.moveRun"],
  "stock.resolveConflict ${body.outcome}": ["stock.resolveConflict"],
};

/** `action: "a.b"`, `action: x ? "a.b" : "c.d"`, and `act(ctx, id, "a.b"`. */
const WRITTEN = /\baction(?:: [^"`\n?]*\?|:| =) "(\w+\.\w+)"(?: : "(\w+\.\w+)")?|\bact\(ctx, [\w.]+, "(\w+\.\w+)"/g;
const IN_PARTS = /\baction(?:: | = )`([^`]+)`/g;
/** A route, up to the next one. */
const ROUTES = /\b(?:read|write|raw)\(\s*"(\w+\.\w+)"(?:(?!\b(?:read|write|raw)\(\s*"\w+\.)[\s\S])*/g;

const found = (pattern: RegExp): string[] =>
  SOURCES.flatMap((source) => [...source.matchAll(pattern)].flatMap((match) => match.slice(1).filter((part) => part !== undefined)));
const written = found(WRITTEN);
const read = SOURCES.flatMap((source) =>
  [...source.matchAll(ROUTES)].flatMap((match) => (/\baudit: /.test(match[0]) ? (match[1] ?? []) : [])),
);

describe("[ACC-10] what the access log tells", () => {
  it("has words for every act that is written into it and for every read of somebody's data", () => {
    expect(written.length).toBeGreaterThan(50);
    expect(read.length).toBeGreaterThan(20);
    const actions = new Set([...read, ...written, ...Object.values(PUT_TOGETHER).flat()]);
    expect([...actions].filter((action) => !(`office.audit.action.${action}` in TEXTS)).toSorted()).toEqual([]);
  });

  it("knows all that actions which are put together can become", () => {
    expect(found(IN_PARTS).filter((action) => !(action in PUT_TOGETHER))).toEqual([]);
  });
});

it("the office has a word for every act of a till that the journal keeps as an event", () => {
  const source = readFileSync(resolve(ROOT, "hub/src/modules/till/fiscal/append-for-hub.ts"), "utf8");
  const kinds = [...source.matchAll(/^ {2}"([\w.]+)": \{ code: JET\./gm)].map(([, kind]) => kind ?? "");
  expect(kinds).toContain("device.added");
  expect(kinds.filter((kind) => !(`office.journal.type.${kind}` in TEXTS))).toEqual([]);
});

it("the office has a word for every part of the hub that keeps something of people", () => {
  const areas = Object.entries(RETENTION).flatMap(([table, { by }]) =>
    by === "use" || by === "nobody" ? [] : (table.split(".")[0] ?? []),
  );
  expect([...new Set(areas)].filter((area) => !(`office.privacy.area.${area}` in TEXTS))).toEqual([]);
});
