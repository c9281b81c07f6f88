import { expect, it } from "vitest";
import { pathsUsed } from "./api-paths-plugin.ts";

const TABLE = `export const PATHS = {
  "carts.read": "GET /v1/carts/{id}",
  "carts.open": "POST /v1/carts",
  "till.state": "GET /v1/till/state",
} as const;
`;

it("an app carries the addresses of what it calls, and no others", () => {
  const used = pathsUsed(TABLE, ['api.ask("carts.read", { params })', 'api.call(\n  "carts.open",\n  {},\n)']);
  expect(used).toContain("GET /v1/carts/{id}");
  expect(used).toContain("POST /v1/carts");
  expect(used).not.toContain("/v1/till/state");
});

it("an operation that is not written out where it is called does not build", () => {
  expect(() => pathsUsed(TABLE, ["api.ask(operation, input)"])).toThrow("to be named");
});
