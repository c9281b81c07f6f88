import type { TodayTillsView, TodayWorkView } from "@weft/contracts";
import { asId, type PlaceId } from "@weft/kernel";
import { expect, it } from "vitest";
import { nowLines, type DayParts } from "./now-lines.ts";

const LYON = asId<PlaceId>("lyon");
const where = { placeId: LYON, placeName: "Lyon", timeZone: "Europe/Paris" };
const NOTHING: DayParts = { work: null, tasks: null, tills: null, goods: null, queues: [] };

const work = (more: Partial<TodayWorkView> = {}): TodayWorkView => ({
  at: "2026-03-09T12:00:00.000Z",
  counts: { toPrepare: 0, late: 0, ready: 0, overdue: 0, later: 0 },
  places: [],
  parcels: { toSend: 0, late: 0, nextShipBy: null },
  collections: [],
  riskCount: 0,
  risks: [],
  ...more,
});
const order = (orderId: string, dueAt: string) => ({ fulfillmentId: orderId, orderId, number: orderId, ...where, dueAt });
const tills = (counts: Partial<TodayTillsView["counts"]>, leftOpen = 0): TodayTillsView => ({
  at: "2026-03-09T12:00:00.000Z",
  counts: { open: 0, closed: 0, silent: 0, unsent: 0, different: 0, ...counts },
  differences: [],
  registers: Array.from({ length: leftOpen }, (_, n) => ({
    registerId: String(n),
    name: `Till ${n}`,
    ...where,
    openedAt: "2026-03-08T09:00:00.000Z",
    openedBy: null,
    lastSeenAt: null,
    unsent: 0,
    isSilent: false,
    isLeftOpen: true,
    closedAt: null,
    difference: null,
  })),
});
const task = (waiting: number, late: number, nextDueAt: string) =>
  ({ kind: "stock_conflict", waiting, late, mine: 0, nextDueAt: new Date(nextDueAt) }) as const;
const said = (parts: Partial<DayParts>) => nowLines({ ...NOTHING, ...parts }).lines.map(({ what, count }) => `${what} ${count}`);

it("[TDY-7] nothing to do is no line", () => {
  expect(nowLines(NOTHING)).toEqual({ lines: [], more: 0 });
  expect(said({ work: work(), tasks: [], tills: tills({ open: 3 }), goods: { arriving: 0, lowCount: 0 } })).toEqual([]);
});

it("[TDY-7] a promise that is broken comes first, then what has a time, the next first, then what only waits", () => {
  const late = { ...order("A", "2026-03-09T11:50:00.000Z"), state: "to_prepare" as const, collectUntil: null };
  const next = { ...order("B", "2026-03-09T12:40:00.000Z"), state: "to_prepare" as const, collectUntil: null };
  const parts = {
    work: work({
      counts: { toPrepare: 3, late: 1, ready: 2, overdue: 0, later: 0 },
      parcels: { toSend: 2, late: 0, nextShipBy: "2026-03-09T12:10:00.000Z" },
      collections: [late, next],
      riskCount: 1,
      risks: [{ ...order("A", late.dueAt), because: "missing_goods" }],
    }),
    tasks: [task(2, 0, "2026-03-09T12:30:00Z")],
    goods: { arriving: 1, lowCount: 4 },
  };
  expect(said(parts)).toEqual(["missing_goods 1", "late 1", "parcels 2", "tasks 2", "prepare 2"]);
  const { lines, more } = nowLines({ ...NOTHING, ...parts });
  expect(more).toBe(2);
  expect(lines[1]).toMatchObject({ isLate: true, orderId: "A" });
  expect(lines[4]).toMatchObject({ isLate: false, orderId: "B", dueAt: next.dueAt });
});

it("[TDY-7] late tasks and tills that nobody closed are said apart from those that wait", () => {
  expect(
    said({ tasks: [task(3, 2, "2026-03-09T10:00:00Z"), task(1, 0, "2026-03-09T18:00:00Z")], tills: tills({ silent: 1, different: 1 }, 1) }),
  ).toEqual(["tasks_late 2", "tills_left_open 1", "tasks 2", "cash_differs 1"]);
});

it("[TDY-7] of the queues only a long one is told, by its place and its minutes", () => {
  const queues = [
    { placeId: LYON, placeName: "Lyon", seconds: 1500 },
    { placeId: asId<PlaceId>("paris"), placeName: "Paris", seconds: 300 },
  ];
  expect(nowLines({ ...NOTHING, queues }).lines).toMatchObject([
    { what: "queue", count: 1, placeName: "Lyon", minutes: 25, isLate: false },
  ]);
  expect(said({ queues: queues.slice(1) })).toEqual([]);
});
