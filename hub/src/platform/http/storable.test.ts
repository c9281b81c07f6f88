import { expect, it } from "vitest";
import { unstorablePath } from "./storable.ts";

it.each([
  ["a plain text", "Zoë 😀", undefined],
  ["a NUL", "a\0b", "body"],
  ["half of a pair", { name: "\ud83d" }, "body/name"],
  ["deep inside", { lines: [{ sku: "A" }, { sku: "\0" }] }, "body/lines/1/sku"],
  ["the name of a field", { "a\0": 1 }, "body"],
  ["numbers and nothing", { a: 1, b: null, c: [true] }, undefined],
])("the database cannot hold %s: told before it is asked", (_what, value, path) => {
  expect(unstorablePath(value, "body")).toBe(path);
});
