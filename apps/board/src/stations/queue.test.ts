import type { StationItemView, StationTicketView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { bumpOf, fitTickets, linesOf, minutesLeft, paceOf, ticketsAt, withSaid } from "./queue.ts";

const item = (orderLineId: string, station = "Bar", done = false): StationItemView => ({
  orderLineId,
  station,
  name: { en: orderLineId },
  options: [],
  quantity: 1,
  unit: "piece",
  allergens: [],
  isMade: true,
  done,
});

const ticket = (id: string, items: readonly StationItemView[]): StationTicketView => ({
  id,
  number: `W-${id}`,
  name: null,
  channelKind: "web",
  dining: "take_away",
  isWalkIn: false,
  placedAt: "2026-03-02T09:00:00Z",
  dueAt: "2026-03-02T09:10:00Z",
  arrival: null,
  items: [...items],
});

it("[BRD-3] a station sees what it has to make, and what is made everywhere but not said to be ready", () => {
  const both = ticket("1", [item("latte"), item("toast", "Kitchen")]);
  const made = ticket("2", [item("tea", "Bar", true), item("egg", "Kitchen", true)]);
  const theirs = ticket("3", [item("tea", "Bar", true), item("soup", "Kitchen")]);
  expect(ticketsAt([both, made, theirs], "Bar").map((at) => at.ticket.id)).toEqual(["1", "2"]);
  expect(ticketsAt([both, made, theirs], "Kitchen").map((at) => at.ticket.id)).toEqual(["1", "2", "3"]);
  expect(ticketsAt([both], "Bar")[0]).toMatchObject({ own: [{ orderLineId: "latte" }], others: [{ orderLineId: "toast" }] });
  expect(ticketsAt([both, made, theirs], null)).toHaveLength(3);
  expect(ticketsAt([both, made], "Bar").map(bumpOf)).toEqual([
    { ticketId: "1", lineIds: ["latte"] },
    { ticketId: "2", lineIds: ["tea"] },
  ]);
});

it("[BRD-4] what was said here shows at once: made it goes, called back it is there again", () => {
  const queue = { tickets: [ticket("1", [item("latte"), item("toast", "Kitchen")])], recent: [ticket("2", [item("tea", "Bar", true)])] };
  const half = withSaid(queue, [{ key: "a", ticketId: "1", lineIds: ["latte"], done: true }]);
  expect(half.tickets[0]?.items.map(({ done }) => done)).toEqual([true, false]);
  const whole = withSaid(queue, [
    { key: "a", ticketId: "1", lineIds: ["latte"], done: true },
    { key: "b", ticketId: "1", lineIds: ["toast"], done: true },
  ]);
  expect([whole.tickets.length, whole.recent.map(({ id }) => id)]).toEqual([0, ["1", "2"]]);
  const back = withSaid(queue, [{ key: "c", ticketId: "2", lineIds: ["tea"], done: false }]);
  expect([back.tickets.map(({ id }) => id), back.recent]).toEqual([["2", "1"], []]);
  expect(withSaid(queue, [])).toBe(queue);
});

it("says how a ticket stands in time", () => {
  const at = (time: string): Date => new Date(`2026-03-02T${time}Z`);
  expect([at("09:07:59"), at("09:08:00"), at("09:10:00")].map((now) => paceOf("2026-03-02T09:10:00Z", now))).toEqual([
    "calm",
    "soon",
    "late",
  ]);
  expect([at("09:08:30"), at("09:12:00")].map((now) => minutesLeft("2026-03-02T09:10:00Z", now))).toEqual([2, -2]);
});

it("[BRD-1] a long ticket takes the room of two, and what has none is counted", () => {
  const long = ticket(
    "long",
    Array.from({ length: 6 }, (_, n) => item(`l${n}`)),
  );
  const at = ticketsAt([ticket("1", [item("a")]), long, ticket("2", [item("b")]), ticket("3", [item("c")])], null);
  const room = { cells: 4, lines: 7 };
  const { shown, more } = fitTickets(at, room);
  expect([shown.map((one) => one.ticket.id), more]).toEqual([["1", "long", "2"], 1]);
  expect(fitTickets(at.slice(1, 2), { ...room, cells: 1 }).shown).toHaveLength(1);
  const chosen = { ...item("a"), options: Array.from({ length: 4 }, () => ({ en: "Whole milk from here" })), allergens: ["milk"] };
  expect(linesOf({ ticket: long, own: [chosen], others: [item("b")] })).toBe(7.25);
});
