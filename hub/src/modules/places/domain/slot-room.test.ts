import { expect, it } from "vitest";
import { readSlotRoom, roomThen } from "./slot-room.ts";

const at = (date: string, time: string) => ({ date, minutes: Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) });

it("[PLA-13] reads how much work stations do for a slot, and refuses what says two things", () => {
  expect(readSlotRoom("")).toEqual([]);
  expect(readSlotRoom(" Bar: 12 |Kitchen:8")).toEqual([
    { station: "Bar", minutes: 12, windows: null, date: null },
    { station: "Kitchen", minutes: 8, windows: null, date: null },
  ]);
  for (const wrong of [
    "Bar",
    "Bar: 12 minutes",
    "Bar: 12 | Bar: 8",
    "Bar: 9 2026-13-40",
    "Bar: 1441",
    ": 8",
    "Bar: 4 Mo-Fr",
    "Bar: 1 2026-12-24 | Bar: 2 2026-12-24",
  ])
    expect(readSlotRoom(wrong), wrong).toBeUndefined();
});

it("[PLA-13] a date goes before the time of the week, and that before what holds always; at other times a station does nothing", () => {
  const rooms = readSlotRoom("Bar: 12 | Bar: 20 Mo-Fr 07:30-09:30 | Bar: 6 2026-12-24 | Kitchen: 8 Mo-Fr 11:00-14:00") ?? [];
  expect(roomThen(rooms, at("2026-12-21", "10:00"))).toEqual({ Bar: 720, Kitchen: 0 });
  expect(roomThen(rooms, at("2026-12-21", "08:00"))).toEqual({ Bar: 1200, Kitchen: 0 });
  expect(roomThen(rooms, at("2026-12-24", "08:00"))).toEqual({ Bar: 360, Kitchen: 0 });
  expect(roomThen(rooms, at("2026-12-21", "13:45"))).toEqual({ Bar: 720, Kitchen: 480 });
});
