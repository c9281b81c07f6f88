import type { OptionGroupView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { defaultOptions, isComplete, toggleOption } from "./options.ts";

const value = (code: string, soldOut = false) => ({ code, name: { en: code }, priceDifference: { amount: 0, currency: "EUR" }, soldOut });
const MILK: OptionGroupView = {
  code: "milk",
  name: { en: "Milk" },
  minimum: 1,
  maximum: 1,
  values: [value("cow", true), value("oat"), value("soy")],
};
const EXTRAS: OptionGroupView = {
  code: "extras",
  name: { en: "Extras" },
  minimum: 0,
  maximum: 2,
  values: [value("shot"), value("syrup"), value("cream")],
};

it("[OPT-1] the usual is chosen already, and never what is sold out", () => {
  expect(defaultOptions([MILK, EXTRAS])).toEqual([{ group: "milk", value: "oat" }]);
  expect(isComplete([MILK], [])).toBe(false);
});

it("[OPT-2] one of a group takes the place of the other, and a required one cannot be taken off", () => {
  const soy = toggleOption(MILK, defaultOptions([MILK]), "soy");
  expect(soy).toEqual([{ group: "milk", value: "soy" }]);
  expect(toggleOption(MILK, soy, "soy")).toEqual(soy);
});

it("[OPT-3] a group takes no more than its maximum", () => {
  const two = ["shot", "syrup"].reduce((options, code) => toggleOption(EXTRAS, options, code), defaultOptions([EXTRAS]));
  expect(toggleOption(EXTRAS, two, "cream")).toEqual(two);
  expect(toggleOption(EXTRAS, two, "shot")).toEqual([{ group: "extras", value: "syrup" }]);
});
