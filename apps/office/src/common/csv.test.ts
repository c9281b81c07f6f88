import { expect, it } from "vitest";
import { toCsv } from "./csv.ts";

it("[OFC-2] what is exported reads back as it was: quotes, commas and line ends are kept", () => {
  expect(
    toCsv([
      ["Name", "Note"],
      ["Léa, F.", 'said "hi"\nand left'],
    ]),
  ).toBe('\uFEFFName,Note\r\n"Léa, F.","said ""hi""\nand left"\r\n');
});

it("[OFC-2] a name that looks like a formula stays a name, a negative amount stays a number", () => {
  expect(toCsv([["=1+1", "-12.50", "@x", -3, "+33 6"]])).toBe("\uFEFF'=1+1,-12.50,'@x,-3,'+33 6\r\n");
});
