import type { PlaceTreeView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { commonDigits, currenciesBelow } from "./currencies.ts";

it("[OFC-7] a group counts in the currencies of the places below it, however deep, and one without places in those of the chain", () => {
  const entity = (id: string, currency: string) => ({ id, currency });
  const group = (id: string, parentId: string | null) => ({ id, parentId });
  const place = (entityId: string, groupId: string | null) => ({ entityId, groupId });
  const tree = {
    entities: [entity("fr", "EUR"), entity("ch", "CHF"), entity("jp", "JPY")],
    groups: [group("europe", null), group("alps", "europe"), group("new", null)],
    places: [place("fr", "europe"), place("ch", "alps"), place("jp", null)],
  } as unknown as PlaceTreeView; // nothing else of them is read
  expect(currenciesBelow(tree, "europe")).toEqual(["CHF", "EUR"]);
  expect(currenciesBelow(tree, "alps")).toEqual(["CHF"]);
  expect(currenciesBelow(tree, "new")).toEqual(["CHF", "EUR", "JPY"]);
  expect(currenciesBelow(tree, null)).toEqual(["CHF", "EUR", "JPY"]);
});

it("[OFC-7] one figure for several currencies is one only where they have the same decimals", () => {
  expect(commonDigits(["EUR"])).toBe(2);
  expect(commonDigits(["EUR", "CHF"])).toBe(2);
  expect(commonDigits(["JPY"])).toBe(0);
  expect(commonDigits(["EUR", "JPY"])).toBeUndefined();
  expect(commonDigits([])).toBeUndefined();
});
