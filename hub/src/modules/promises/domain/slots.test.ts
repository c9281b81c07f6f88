import { asId, wallClock, type PlaceId } from "@weft/kernel";
import { describe, expect, it } from "vitest";
import { readSlotRoom, readWindows, type OpeningHours } from "../../places/domain/index.ts";
import {
  hasRoom,
  readSlotId,
  roomOf,
  slotDates,
  slotFrom,
  slotIdOf,
  slotsFrom,
  slotsOn,
  whyNoSlot,
  type SlotRule,
  type SlottedPlace,
} from "./slots.ts";

const PARIS = "Europe/Paris";
const hm = (hours: number, minutes = 0) => hours * 60 + minutes;
const every = (from: number, until: number): OpeningHours => ({
  weekly: Array.from({ length: 7 }, () => [{ from, until }]),
  exceptions: [],
});
const RULE: SlotRule = { minutes: 30, orders: 2, workSeconds: 0, leadMinutes: 45, daysAhead: 1, windows: null };
const place = (rule: Partial<SlotRule> = {}, hours = every(hm(8), hm(10))): SlottedPlace => ({
  hours,
  timeZone: PARIS,
  slots: { ...RULE, ...rule },
});
const clocks = (slots: readonly { startsAt: Date }[], zone = PARIS) => slots.map(({ startsAt }) => wallClock(startsAt, zone).minutes);
const at = (time: string) => new Date(time);

describe("[PRM-11] slots of a date", () => {
  it("are those in which the place is open from beginning to end", () => {
    expect(clocks(slotsOn(place(), "2026-11-23"))).toEqual([hm(8), hm(8, 30), hm(9), hm(9, 30)]);
    expect(clocks(slotsOn(place({ minutes: 45 }, every(hm(8, 10), hm(10))), "2026-11-23"))).toEqual([hm(8, 15), hm(9)]);
  });

  it("begin with each window where there are some, and an exception of the hours takes them away", () => {
    const windows = readWindows("Mo 08:10-09:20; Tu 09:45-12:00") ?? null;
    expect(clocks(slotsOn(place({ windows }), "2026-11-23"))).toEqual([hm(8, 10), hm(8, 40)]);
    expect(slotsOn(place({ windows }), "2026-11-24")).toEqual([]);
    const closed = { ...every(hm(8), hm(10)), exceptions: [{ date: "2026-11-23", name: "Inventory", intervals: [] }] };
    expect(slotsOn(place({}, closed), "2026-11-23")).toEqual([]);
  });

  it("where the place has no slots there are none", () => {
    expect(slotsOn({ ...place(), slots: null }, "2026-11-23")).toEqual([]);
  });

  it("what the clock change skips has no slot, and what exists twice has one", () => {
    const night = place({ minutes: 60 }, every(0, hm(6)));
    expect(clocks(slotsOn(night, "2026-03-29"))).toEqual([hm(0), hm(1), hm(3), hm(4), hm(5)]);
    const back = slotsOn(night, "2026-10-25");
    expect(clocks(back)).toEqual([hm(0), hm(1), hm(2), hm(3), hm(4), hm(5)]);
    expect(new Set(back.map(({ startsAt }) => startsAt.getTime())).size).toBe(6);
  });
});

describe("[PRM-12] why no slot", () => {
  const monday = at("2026-11-23T06:00:00Z");
  it.each([
    ["2026-11-23T08:00:00Z", null],
    ["2026-11-23T07:00:00Z", null],
    ["2026-11-23T08:10:00Z", "slot_unknown"],
    ["2026-11-24T08:00:00Z", null],
    ["2026-11-25T08:00:00Z", "slot_unknown"],
    ["2026-11-22T08:00:00Z", "slot_unknown"],
  ])("%s: %s", (startsAt, kind) => {
    expect(whyNoSlot(place(), at(startsAt), null, monday)?.kind ?? null).toBe(kind);
  });

  it("one that begins before its notice, or before the goods are ready, says from when on there are some", () => {
    expect(whyNoSlot(place(), at("2026-11-23T07:00:00Z"), null, at("2026-11-23T06:15:01Z"))).toEqual({
      kind: "slot_too_soon",
      data: { startsAt: "2026-11-23T07:00:00.000Z", earliest: "2026-11-23T07:00:01.000Z" },
    });
    expect(whyNoSlot(place(), at("2026-11-23T07:30:00Z"), at("2026-11-23T07:31:00Z"), monday)).toMatchObject({
      kind: "slot_too_soon",
      data: { earliest: "2026-11-23T07:31:00.000Z" },
    });
  });

  it("slots can be taken from today on for as many days as the place says", () => {
    expect(slotDates(place({ daysAhead: 2 }), at("2026-11-23T23:30:00Z"))).toEqual(["2026-11-24", "2026-11-25", "2026-11-26"]);
  });
});

describe("[PRM-13] room", () => {
  it("ends with its orders, and with its work where that is counted", () => {
    const rule = { ...RULE, workSeconds: 600 };
    const work = (seconds: number) => ({ seconds, at: {} });
    expect(hasRoom(rule, {}, { orders: 1, workSeconds: 300, at: {} }, work(300))).toBe(true);
    expect(hasRoom(rule, {}, { orders: 1, workSeconds: 300, at: {} }, work(301))).toBe(false);
    expect(hasRoom(rule, {}, { orders: 2, workSeconds: 0, at: {} }, work(0))).toBe(false);
    expect(hasRoom(RULE, {}, { orders: 1, workSeconds: 99_999, at: {} }, work(99_999))).toBe(true);
  });

  it("[PRM-14] ends at each station with its work; one whose work is not counted does any", () => {
    const load = { orders: 1, workSeconds: 500, at: { Bar: 500 } };
    const work = (at: Record<string, number>) => ({ seconds: 100, at });
    expect(hasRoom(RULE, { Bar: 600, Kitchen: 0 }, load, work({ Bar: 100 }))).toBe(true);
    expect(hasRoom(RULE, { Bar: 600, Kitchen: 0 }, load, work({ Bar: 101 }))).toBe(false);
    expect(hasRoom(RULE, { Bar: 600, Kitchen: 0 }, load, work({ Kitchen: 1 }))).toBe(false);
    expect(hasRoom(RULE, { Bar: 600, Kitchen: 0 }, load, work({ Grill: 900 }))).toBe(true);
  });

  it("[PRM-14] the work for a slot is done before it begins; after the last of an evening nothing is counted", () => {
    const nine = at("2026-11-23T08:00:00Z");
    expect(slotFrom(place(), nine)?.startsAt).toEqual(nine);
    expect(slotFrom(place(), new Date(nine.getTime() + 1))?.startsAt).toEqual(at("2026-11-23T08:30:00Z"));
    expect(slotFrom(place(), at("2026-11-23T08:31:00Z"))).toBeUndefined();
    expect(slotFrom(place(), at("2026-11-23T02:00:00Z"))).toBeUndefined();
    const always = place({}, every(0, hm(24)));
    expect(slotsFrom(always, at("2026-11-23T22:40:00Z"), 2).map(({ startsAt }) => startsAt)).toEqual([
      at("2026-11-23T23:00:00Z"),
      at("2026-11-23T23:30:00Z"),
    ]);
    const rooms = readSlotRoom("Bar: 10 | Bar: 5 2026-11-23") ?? [];
    expect(roomOf(place({ rooms }), nine)).toEqual({ Bar: 300 });
    expect(roomOf(place(), nine)).toEqual({});
  });
});

it("[PRM-11] the name of a slot says its place and beginning, and nothing else is a name", () => {
  const placeId = asId<PlaceId>("01900000-0000-7000-8000-000000000001");
  const startsAt = at("2026-11-23T08:30:00Z");
  expect(readSlotId(slotIdOf(placeId, startsAt))).toEqual({ placeId, startsAt });
  for (const text of ["", "x.1", placeId, `${placeId}.-1`, `${placeId}.1.5`]) expect(readSlotId(text)).toBeUndefined();
});
