import { expect, it } from "vitest";
import { saidByField } from "./reasons.ts";

it("says what each field of the records speaks for, an address by its parts", () => {
  const said = saidByField([
    { field: "birth date", code: "equal_rare", bits: 11.2 },
    { field: "city", code: "different", bits: -1.4 },
    { field: "postcode", code: "slip", bits: 0.1 },
  ]);
  expect([...said.keys()]).toEqual(["birthDate", "address"]);
  expect(said.get("address")?.map(({ reason, isFor }) => [reason.field, isFor])).toEqual([
    ["city", "two"],
    ["postcode", "neither"],
  ]);
  expect(said.get("birthDate")?.[0]?.isFor).toBe("one");
});
