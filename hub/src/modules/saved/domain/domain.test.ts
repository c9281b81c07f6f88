import { asId, newId, type PlaceId, type RecordId, type UnitPrice, type VariantId } from "@weft/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyToList, isTrue, type WantedChange, type WaitingWish, type WishFacts, type WishId } from "./index.ts";

const [MUG, BEANS] = [newId<VariantId>(), newId<VariantId>()];
const BY = { at: new Date("2026-03-02T09:00:00Z"), channelId: null };
const EMPTY = { name: null, items: [] };
const add = (id: string, variantId: VariantId | null, quantity = 1, options: { group: string; value: string }[] = []): WantedChange => ({
  id,
  kind: "add",
  variantId,
  quantity,
  options,
  placeId: null,
  price: null,
});

describe("a list", () => {
  it("[SAV-2] has the same goods with the same options once, and the larger quantity holds", () => {
    const options = [
      { group: "size", value: "large" },
      { group: "milk", value: "oat" },
    ];
    const after = applyToList(EMPTY, [add("a", MUG, 2, options), add("b", MUG, 1, options.toReversed()), add("c", MUG, 5)], BY);
    expect(after.items.map(({ id, quantity }) => [id, quantity])).toEqual([
      ["a", 2],
      ["c", 5],
    ]);
    expect(after.outcomes.map(({ code }) => code)).toEqual([null, null, null]);
  });

  it("[SAV-1] answers each operation by itself: what it cannot do leaves the rest", () => {
    const after = applyToList(
      EMPTY,
      [add("a", null), add("b", BEANS), { id: "c", kind: "remove", itemId: "x" }, { id: "d", kind: "rename", name: "For Sunday" }],
      BY,
    );
    expect(after).toMatchObject({ name: "For Sunday", items: [{ variantId: BEANS }] });
    expect(after.outcomes.map(({ code }) => code)).toEqual(["list.sku_unknown", null, "list.item_unknown", null]);
  });

  it("[SAV-2] is the same however often and in what order what was kept elsewhere is brought along", () => {
    const changes = fc.array(fc.record({ goods: fc.constantFrom(MUG, BEANS), quantity: fc.integer({ min: 1, max: 9 }) }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(changes, fc.integer({ min: 1, max: 3 }), (kept, times) => {
        const wanted = kept.map(({ goods, quantity }, index) => add(`op ${index}`, goods, quantity));
        const contents = (list: ReturnType<typeof applyToList>) =>
          list.items.map(({ variantId, quantity }) => `${variantId} ${quantity}`).toSorted();
        const once = applyToList(EMPTY, wanted, BY);
        let again = once;
        for (let time = 0; time < times; time++) again = applyToList(again, wanted.toReversed(), BY);
        expect(contents(again)).toEqual(contents(once));
        expect(contents(applyToList(EMPTY, wanted.toReversed(), BY))).toEqual(contents(once));
      }),
    );
  });

  it("[SAV-1] takes no more than two hundred, and says so", () => {
    const many = Array.from({ length: 201 }, (_, index) => add(`op ${index}`, newId<VariantId>()));
    const { items, outcomes } = applyToList(EMPTY, many, BY);
    expect([items.length, outcomes.at(-1)?.code]).toEqual([200, "list.full"]);
  });
});

describe("[SAV-7] what somebody waits for", () => {
  const [LYON, PARIS] = [newId<PlaceId>(), newId<PlaceId>()];
  const euro = (amount: number, over: Partial<UnitPrice> = {}): UnitPrice => ({
    amount,
    scale: 0,
    currency: "EUR",
    per: { quantity: 1, unit: "piece" },
    ...over,
  });
  const wish = (over: Partial<WaitingWish>): WaitingWish => ({
    id: newId<WishId>(),
    recordId: newId<RecordId>(),
    channelId: null,
    kind: "back_in_stock",
    variantId: MUG,
    placeId: null,
    price: null,
    ...over,
  });
  const facts = (over: Partial<WishFacts>): WishFacts => ({
    places: [LYON, PARIS],
    isSoldAt: () => true,
    isThere: () => false,
    priceAt: () => euro(1000),
    ...over,
  });

  it("is back where it was asked for, and anywhere where no store was named", () => {
    const inParis = facts({ isThere: (_, place) => place === PARIS });
    expect(isTrue(wish({}), inParis)).toEqual({ kind: "back_in_stock", data: { placeId: PARIS } });
    expect(isTrue(wish({ placeId: PARIS }), inParis)).not.toBeNull();
    expect(isTrue(wish({ placeId: LYON }), inParis)).toBeNull();
  });

  it("is cheaper only in the same currency and unit, and below what it cost then", () => {
    const cheaper = (now: UnitPrice | null) => isTrue(wish({ kind: "cheaper", price: euro(1000) }), facts({ priceAt: () => now }));
    expect(cheaper(euro(999))).toMatchObject({ kind: "cheaper" });
    expect(cheaper(euro(9999, { scale: 1 }))).toMatchObject({ kind: "cheaper" });
    for (const now of [euro(1000), euro(1001), euro(10_000, { scale: 1 }), euro(500, { currency: "CHF" }), null])
      expect(cheaper(now)).toBeNull();
  });

  it("is sold at a store when that store has it and a price for it", () => {
    const mine = wish({ kind: "in_my_store", placeId: LYON });
    expect(isTrue(mine, facts({}))).toMatchObject({ kind: "in_my_store", data: { placeId: LYON } });
    expect(isTrue(mine, facts({ isSoldAt: () => false }))).toBeNull();
    expect(isTrue(mine, facts({ priceAt: () => null }))).toBeNull();
    expect(isTrue(wish({ kind: "new_on_menu", variantId: null, placeId: asId<PlaceId>(LYON) }), facts({}))).toBeNull();
  });
});
