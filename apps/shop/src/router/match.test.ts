import { expect, it } from "vitest";
import { fillPath, matchPath } from "./match.ts";

const table = { menu: "/", product: "/products/:id", newOrder: "/orders/new", order: "/orders/:id", line: "/orders/:id/lines/:line" };

it("[RTE-1] an address meets the pattern with the same segments, and carries its parameters decoded", () => {
  expect(matchPath(table, "/products/caf%C3%A9%20latte")).toEqual({ name: "product", params: { id: "café latte" } });
  expect(matchPath(table, "/orders/7/lines/2")).toEqual({ name: "line", params: { id: "7", line: "2" } });
});

it("[RTE-1] the first pattern of the table wins, and a trailing slash does not count", () => {
  expect(matchPath(table, "/orders/new/")?.name).toBe("newOrder");
  expect(matchPath(table, "/orders/newer")?.name).toBe("order");
  expect(matchPath(table, "")?.name).toBe("menu");
});

it("[RTE-2] an unknown address and a broken escape are not found instead of breaking the page", () => {
  expect(matchPath(table, "/nowhere")).toBeUndefined();
  expect(matchPath(table, "/products/%E0%A4")).toBeUndefined();
  expect(matchPath(table, "/products/1/2")).toBeUndefined();
});

it("[RTE-3] a filled path leads back to its pattern and parameters, whatever they hold", () => {
  for (const id of ["a b", "50%", "x/y", "é?#&"]) {
    expect(matchPath(table, fillPath(table.product, { id }))).toEqual({ name: "product", params: { id } });
  }
});
