import { expect, it } from "vitest";
import { amountOf } from "./amount.ts";

it("[AMT-1] an amount is read with a point or a comma, in minor units", () => {
  expect(amountOf("12", "EUR")).toBe(1200);
  expect(amountOf("12,5", "EUR")).toBe(1250);
  expect(amountOf("0.05", "EUR")).toBe(5);
  expect(amountOf("500", "JPY")).toBe(500);
});

it("[AMT-1] what is no amount is none", () => {
  expect(amountOf("", "EUR")).toBeUndefined();
  expect(amountOf("1e3", "EUR")).toBeUndefined();
  expect(amountOf("-4", "EUR")).toBeUndefined();
});
