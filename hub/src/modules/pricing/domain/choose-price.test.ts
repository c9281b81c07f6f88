import type { VariantId } from "@weft/kernel";
import { describe, expect, it } from "vitest";
import {
  BEANS,
  CHAIN,
  FRANCE,
  LYON,
  LYON_CITY,
  MUG,
  STORES,
  WEB,
  cartContext,
  facts,
  listId,
  pieces,
  price,
  priceList,
} from "../test-data.ts";
import { type PriceList, choosePrice, compileSnapshot, isCheaper } from "./index.ts";

const EVERY_SCOPE: readonly PriceList[] = [
  priceList(1, { name: "Everywhere", priority: 99 }),
  priceList(2, { name: "Members", scope: { customerGroups: ["member"] } }),
  priceList(3, { name: "Stores", scope: { channelIds: [STORES] } }),
  priceList(4, { name: "Chain", scope: { groupIds: [CHAIN] } }),
  priceList(5, { name: "France", scope: { groupIds: [FRANCE] } }),
  priceList(6, { name: "France, members", scope: { groupIds: [FRANCE], customerGroups: ["member"] } }),
  priceList(7, { name: "Lyon", scope: { groupIds: [LYON_CITY] } }),
  priceList(8, { name: "Lyon store", scope: { placeIds: [LYON] } }),
];

function chosenOf(lists: readonly PriceList[], given = {}, quantity = 1) {
  const snapshot = compileSnapshot(
    facts({ lists, prices: lists.map(({ id }, index) => ({ ...price(1, MUG, pieces(1000 + index)), listId: id })) }),
  );
  return choosePrice(snapshot, { ...cartContext(given), variantId: MUG, quantity });
}

describe("the list that prices a variant", () => {
  it("[PRC-1] the most specific scope wins whatever the priority: place, nearest group, channel, customer group, everywhere", () => {
    const member = { customerGroups: ["member"] };
    const won: (string | undefined)[] = [];
    for (let known = EVERY_SCOPE.length; known > 0; known--) won.push(chosenOf(EVERY_SCOPE.slice(0, known), member)?.because.name);
    expect(won).toEqual(["Lyon store", "Lyon", "France, members", "France", "Chain", "Stores", "Members", "Everywhere"]);
  });

  it("[PRC-1] the answer says which list and what made it win", () => {
    expect(chosenOf(EVERY_SCOPE)?.because).toEqual({
      kind: "list",
      listId: listId(8),
      name: "Lyon store",
      matched: "place",
      minQuantity: 1,
    });
    expect(chosenOf(EVERY_SCOPE.slice(0, 1))?.because.matched).toBe("everywhere");
  });

  it("[PRC-1] a scope with several keys needs all of them", () => {
    expect(chosenOf([priceList(1, { scope: { groupIds: [FRANCE], channelIds: [WEB] } })])).toBeUndefined();
    expect(chosenOf([priceList(1, { scope: { placeIds: [LYON] } })], { placeId: undefined })).toBeUndefined();
    expect(chosenOf([priceList(1, { scope: { customerGroups: ["member"] } })])).toBeUndefined();
  });

  it("[PRC-1] between equally specific lists priority decides, then the earlier list", () => {
    const [older, newer] = [priceList(1), priceList(2)];
    expect(chosenOf([newer, older])?.listId).toBe(older.id);
    expect(chosenOf([older, { ...newer, priority: 1 }])?.listId).toBe(newer.id);
  });

  it("[PRC-1] a list counts from its beginning until just before its end, in its currency only", () => {
    const sale = priceList(1, { validFrom: new Date("2026-03-02T09:00:00Z"), validTo: new Date("2026-03-03T09:00:00Z") });
    const at = (iso: string) => chosenOf([sale], { at: new Date(iso) })?.listId;
    expect(at("2026-03-02T08:59:59.999Z")).toBeUndefined();
    expect(at("2026-03-02T09:00:00Z")).toBe(sale.id);
    expect(at("2026-03-03T08:59:59.999Z")).toBe(sale.id);
    expect(at("2026-03-03T09:00:00Z")).toBeUndefined();
    expect(chosenOf([priceList(1)], { currency: "GBP" })).toBeUndefined();
  });

  it("[PRC-1] a list that does not price the variant leaves it to the next", () => {
    const lists = [priceList(1), priceList(2, { scope: { placeIds: [LYON] } })];
    const snapshot = compileSnapshot(facts({ lists, prices: [price(1, MUG, pieces(1400)), price(2, BEANS, pieces(800))] }));
    const listOf = (variantId: VariantId) => choosePrice(snapshot, { ...cartContext(), variantId, quantity: 1 })?.listId;
    expect([listOf(MUG), listOf(BEANS)]).toEqual([listId(1), listId(2)]);
  });

  it("[PRC-3] the largest quantity break that is reached counts, and a list without one that is reached does not price", () => {
    const lists = [priceList(1), priceList(2, { scope: { placeIds: [LYON] } })];
    const prices = [
      price(1, MUG, pieces(1400)),
      price(1, MUG, pieces(1200), 6),
      price(1, MUG, pieces(1000), 12),
      price(2, MUG, pieces(900), 50),
    ];
    const snapshot = compileSnapshot(facts({ lists, prices }));
    const amountFor = (quantity: number) => choosePrice(snapshot, { ...cartContext(), variantId: MUG, quantity })?.unitPrice.amount;
    expect([1, 5, 6, 11, 12, 49, 50].map(amountFor)).toEqual([1400, 1400, 1200, 1200, 1000, 1000, 900]);
  });
});

it("[PRC-2] unit prices compare exactly across scale and price unit", () => {
  const perKilo = { amount: 1800, scale: 0, currency: "EUR", per: { quantity: 1000, unit: "gram" } } as const;
  const perHundred = { ...perKilo, amount: 1799, scale: 1, per: { quantity: 100, unit: "gram" } } as const;
  expect(isCheaper(perHundred, perKilo)).toBe(true);
  expect(isCheaper(perKilo, perHundred)).toBe(false);
  expect(isCheaper({ ...perKilo, amount: 1 }, pieces(100))).toBe(false);
  expect(isCheaper(pieces(1), pieces(2, "GBP"))).toBe(false);
});
