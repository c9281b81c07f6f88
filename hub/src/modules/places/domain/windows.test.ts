import { describe, expect, it } from "vitest";
import { readWindows } from "./windows.ts";

const hm = (hours: number, minutes = 0) => hours * 60 + minutes;

describe("[PLA-9] times of a week as text", () => {
  it("are read for single days, ranges and several times", () => {
    const morning = { from: hm(8), until: hm(11, 30) };
    const afternoon = { from: hm(14), until: hm(24) };
    expect(readWindows("Mo,We-Th 14:00-24:00, 08:00-11:30; su 09:00-10:00")).toEqual([
      [morning, afternoon],
      [],
      [morning, afternoon],
      [morning, afternoon],
      [],
      [],
      [{ from: hm(9), until: hm(10) }],
    ]);
  });

  it("an empty text names none", () => {
    expect(readWindows(" ; ")).toEqual([[], [], [], [], [], [], []]);
  });

  it.each(["Mo", "08:00-10:00", "Xx 08:00-10:00", "Fr-Mo 08:00-10:00", "Mo 10:00-08:00", "Mo 08:00-24:30", "Mo 8-10", "Mo 08:60-10:00"])(
    "%s is refused",
    (text) => {
      expect(readWindows(text)).toBeUndefined();
    },
  );
});
