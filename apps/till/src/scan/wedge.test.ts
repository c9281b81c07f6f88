import { expect, it } from "vitest";
import { createWedge } from "./wedge.ts";

function type(text: string, gapMs: number): string | undefined {
  const wedge = createWedge();
  let at = 1000;
  let scanned: string | undefined;
  for (const key of [...text, "Enter"]) scanned = wedge.key(key, (at += gapMs)) ?? scanned;
  return scanned;
}

it("[SCN-2] fast keys that end with Enter are a scan", () => {
  expect(type("4006381333931", 12)).toBe("4006381333931");
});

it("[SCN-2] what a person types is not, however the line ends", () => {
  expect(type("4006381333931", 90)).toBeUndefined();
  expect(type("1234", 10)).toBeUndefined();
});

it("[SCN-2] keys that were typed before a scan are not part of it", () => {
  const wedge = createWedge();
  wedge.key("l", 0);
  let at = 5000;
  for (const key of "96385074") wedge.key(key, (at += 10));
  expect(wedge.key("Enter", at + 10)).toBe("96385074");
});

it("[SCN-2] who moves on with Tab and presses Enter there has scanned nothing, and a capital of a scanner is part of its scan", () => {
  const keyed = (...keys: string[]) => {
    const wedge = createWedge();
    return keys.map((key, nth) => wedge.key(key, 10 * nth)).at(-1);
  };
  expect(keyed("F", "o", "n", "t", "a", "i", "n", "e", "Tab", "Enter")).toBeUndefined();
  expect(keyed("Shift", "A", "4", "7", "1", "1", "Enter")).toBe("A4711");
});
