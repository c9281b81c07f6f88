import { expect, it } from "vitest";
import { formatPhone } from "./phone.ts";

it.each([
  ["+33639980000", "+33 6 39 98 00 00"],
  ["+4915207929823", "+49 1520 7929823"],
  ["+34600000012", "+34 600 00 00 12"],
  ["•• 00 12", "•• 00 12"],
  ["", ""],
])("a number is written as in its country, and what is none stays as it is: %s", (kept, shown) => {
  expect(formatPhone(kept)).toBe(shown);
});
