import type { RetentionRowView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { keptTogether } from "./kept-together.ts";

const MONTHS = { amount: 25, unit: "month" } as const;

function row(table: string, rest: Partial<RetentionRowView> = {}): RetentionRowView {
  const base = { why: "", kept: "", period: MONTHS, by: "job", lastRunAt: "2026-03-02T03:00:00Z", deleted: 0 } as const;
  return { table, area: table.split(".")[0] ?? "", ...base, ...rest };
}

it("what one part keeps equally long is one row, with what was deleted of it in sum and the run that lies furthest back", () => {
  const rows = [row("carts.cart", { deleted: 3 }), row("carts.line", { deleted: 4, lastRunAt: "2026-03-01T03:00:00Z" })];
  expect(keptTogether(rows)).toEqual([
    { area: "carts", by: "job", period: MONTHS, tables: ["cart", "line"], deleted: 7, lastRunAt: "2026-03-01T03:00:00Z" },
  ]);
});

it("another time or another hand is another row, and what a job deletes comes first", () => {
  const rows = [
    row("access.grant", { by: "erasure", period: null, deleted: null, lastRunAt: null }),
    row("carts.pairing", { period: { amount: 1, unit: "day" } }),
    row("carts.cart"),
  ];
  expect(keptTogether(rows).map(({ area, by, tables }) => [area, by, ...tables])).toEqual([
    ["carts", "job", "pairing"],
    ["carts", "job", "cart"],
    ["access", "erasure", "grant"],
  ]);
});

it("one that has never run says so for all of them", () => {
  expect(keptTogether([row("carts.cart"), row("carts.line", { lastRunAt: null })])[0]?.lastRunAt).toBeNull();
});
