import { expect, it } from "vitest";
import { oneOfIn, textIn } from "./search.ts";

it("[OFC-1] a filter in the address is the text it was typed as, and an empty one is none", () => {
  expect(textIn({ query: "léa" }, "query")).toBe("léa");
  expect(textIn({ query: 4711 }, "query")).toBe("4711");
  expect(textIn({ query: "" }, "query")).toBeUndefined();
  expect(textIn({ query: ["a"] }, "query")).toBeUndefined();
});

it("[OFC-1] a filter that is none of its values is not set, so that an old link still opens its list", () => {
  expect(oneOfIn({ state: "closed" }, "state", ["placed", "closed"])).toBe("closed");
  expect(oneOfIn({ state: "shipped" }, "state", ["placed", "closed"])).toBeUndefined();
});
