import type { BoardTicketView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { fitOnBoard, newlyReady } from "./tickets.ts";

const tickets = (count: number, prefix = "t"): BoardTicketView[] =>
  Array.from({ length: count }, (_, n) => ({ id: `${prefix}${n}`, number: `W-${n}`, name: null, since: "2026-03-02T09:00:00Z" }));

const queue = (preparing: number, ready: number, count = { preparing, ready }) => ({
  preparing: tickets(preparing),
  ready: tickets(ready),
  count,
});

it("[BRD-1] shows at most twelve tickets, and what is ready gives way last", () => {
  const both = fitOnBoard(queue(12, 9));
  expect([both.preparing.length, both.ready.length, both.more]).toEqual([6, 6, { preparing: 6, ready: 3 }]);
  const quiet = fitOnBoard(queue(2, 12));
  expect([quiet.preparing.length, quiet.ready.length, quiet.more]).toEqual([2, 10, { preparing: 0, ready: 2 }]);
  expect(fitOnBoard(queue(12, 0)).preparing).toHaveLength(12);
});

it("[BRD-1] says how many are left out, also of those that the hub did not send", () => {
  expect(fitOnBoard(queue(12, 12, { preparing: 31, ready: 15 })).more).toEqual({ preparing: 25, ready: 9 });
});

it("hears only what became ready since it looked before, and nothing when the screen is switched on", () => {
  expect(newlyReady(undefined, tickets(3))).toEqual([]);
  expect(newlyReady(tickets(2), tickets(3)).map(({ id }) => id)).toEqual(["t2"]);
  expect(newlyReady(tickets(3), tickets(2))).toEqual([]);
});
