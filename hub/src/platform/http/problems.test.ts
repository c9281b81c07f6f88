import type { CodedError } from "@weft/kernel";
import { expect, it } from "vitest";
import { problemOf } from "./problems.ts";

it("a problem says what the edge says, whatever the error value carries", () => {
  // As a careless module would make it; the types refuse it.
  const error = {
    code: "thing.broken",
    status: "open",
    title: "mine",
    type: "about:me",
    requestId: "other",
    left: 3,
  } as unknown as CodedError;
  expect(problemOf(error, { status: 409, title: "It is broken" }, "r1")).toEqual({
    type: "urn:weft:problem:thing.broken",
    title: "It is broken",
    status: 409,
    code: "thing.broken",
    left: 3,
    requestId: "r1",
  });
});
