import type { BoardTicketView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { fitOnBoard, newlyReady } from "./tickets.ts";

const tickets = (count: number, prefix = "t"): BoardTicketView[] =>
  Array.from({ length: count }, (_, n) => ({ id: `${prefix}${n}`, number: `W-${n}`, name: null, since: "2026-03-02T09:00:00Z" }));

it("[BRD-1] shows at most twelve tickets, and what is ready gives way last", () => {
  const both = fitOnBoard({ preparing: tickets(12), ready: tickets(9) });
  expect([both.preparing.length, both.ready.length, both.more]).toEqual([6, 6, { preparing: 6, ready: 3 }]);
  const quiet = fitOnBoard({ preparing: tickets(2), ready: tickets(12) });
  expect([quiet.preparing.length, quiet.ready.length, quiet.more]).toEqual([2, 10, { preparing: 0, ready: 2 }]);
  expect(fitOnBoard({ preparing: tickets(12), ready: [] }).preparing).toHaveLength(12);
});

it("hears only what became ready since it looked before, and nothing when the screen is switched on", () => {
  expect(newlyReady(undefined, tickets(3))).toEqual([]);
  expect(newlyReady(tickets(2), tickets(3)).map(({ id }) => id)).toEqual(["t2"]);
  expect(newlyReady(tickets(3), tickets(2))).toEqual([]);
});
