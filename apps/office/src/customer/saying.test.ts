import { expect, it } from "vitest";
import { knownEvent, sayingOf } from "./saying.ts";

const entry = (kind: string, name: string | null, data: Record<string, unknown> = {}) => sayingOf({ kind, name, data });

it("an entry is said by what came with it", () => {
  expect(entry("order", "1042", { number: "1042", total: 1250, currency: "EUR" })).toEqual({
    say: "order",
    number: "1042",
    total: { amount: 1250, currency: "EUR" },
  });
  expect(entry("terms_withdrawn", "marketing", { purpose: "marketing", topic: null, channelKind: "email" })).toEqual({
    say: "terms_withdrawn",
    topic: null,
    way: "email",
  });
  expect(entry("points_burned", null, { points: -80 })).toEqual({ say: "points", kind: "points_burned", points: 80 });
  expect(entry("track", "Product Viewed", { properties: { name: "Oat latte" } })).toEqual({
    say: "event",
    event: "Product Viewed",
    what: "Oat latte",
  });
});

it("what lacks its figures, or is of a kind that nobody knows, says its kind and its name", () => {
  expect(entry("order", "1042", { total: "12.50" })).toEqual({ say: "plain", kind: "order", name: "1042" });
  expect(entry("page", null)).toEqual({ say: "plain", kind: "page", name: null });
  expect(entry("weather", "sunny")).toEqual({ say: "plain", kind: "weather", name: "sunny" });
});

it("events are known however their client writes them", () => {
  expect(["Product Viewed", "product_viewed", "product-viewed"].map(knownEvent)).toEqual(Array(3).fill("product_viewed"));
  expect(knownEvent("Katalog bestellt")).toBe(undefined);
});
