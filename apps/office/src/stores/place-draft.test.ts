import { expect, it } from "vitest";
import { placeBody } from "./place-draft.ts";

it("takes coordinates as people of every language type them, and a country in small letters", () => {
  const typed = { name: "Nice Port", code: "nice", kind: "store", entityId: "e", groupId: null } as const;
  const address = { line1: "Quai Lunel 3", postcode: "06300", city: "Nice", country: "fr" };
  expect(placeBody({ ...typed, ...address, latitude: " 43,69", longitude: "-7.28" })).toEqual({
    ...typed,
    address: { ...address, country: "FR" },
    latitude: 43.69,
    longitude: -7.28,
  });
});
