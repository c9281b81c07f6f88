import { expect, it } from "vitest";
import { isTooDeep } from "./depth.ts";

it.each([
  ["a body as clients send it", JSON.stringify({ lines: [{ options: [{ group: "milk", value: "oat" }] }] }), false],
  ["64 levels", "[".repeat(64) + "]".repeat(64), false],
  ["65 levels", "[".repeat(65) + "]".repeat(65), true],
  ["objects count as lists do", '{"a":'.repeat(65) + "1" + "}".repeat(65), true],
  ["many lists beside each other are not deep", `[${"[],".repeat(500)}[]]`, false],
  ["brackets in a text are text", JSON.stringify({ note: `${"[{".repeat(200)}"\\` }), false],
])("[API-5] %s", (_what, json, tooDeep) => {
  expect(isTooDeep(json)).toBe(tooDeep);
});
