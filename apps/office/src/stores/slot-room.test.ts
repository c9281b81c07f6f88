import { expect, it } from "vitest";
import { rowsOf, textOfRows } from "./slot-room.ts";

it("[PLA-13] what stations do for a slot is edited line by line and written as it was", () => {
  let id = 0;
  const written = "Bar: 12 | Tea house: 8 Mo-Fr 11:00-14:00; Sa 11:00-15:00 | Bar: 6 2026-12-24";
  const rows = rowsOf(written, () => `${++id}`);
  expect(rows).toEqual([
    { id: "1", station: "Bar", minutes: 12, when: "" },
    { id: "2", station: "Tea house", minutes: 8, when: "Mo-Fr 11:00-14:00; Sa 11:00-15:00" },
    { id: "3", station: "Bar", minutes: 6, when: "2026-12-24" },
  ]);
  expect(textOfRows(rows)).toBe(written);
  expect([rowsOf("", () => "1"), textOfRows([])]).toEqual([[], ""]);
});
