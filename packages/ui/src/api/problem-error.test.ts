import { expect, test } from "vitest";
import { problemCode } from "./problem-error.ts";

test("a screen that could not be fetched has no connection, and is no bug", () => {
  expect(problemCode(new TypeError("Failed to fetch dynamically imported module: https://till/pay-1.js"))).toBe("client.offline");
  expect(problemCode(new TypeError("error loading dynamically imported module: https://till/pay-1.js"))).toBe("client.offline");
  expect(problemCode(new TypeError("Importing a module script failed."))).toBe("client.offline");
  expect(problemCode(new TypeError("x is undefined"))).toBe("client.bug");
});
