import type { ProductView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import type { Catalog } from "../catalog/catalog.ts";
import { GIFT_CARD_CLASS } from "../../../../hub/src/modules/payments/domain.ts";
import { isGone, shelvesOf } from "./shelf.ts";

const text = (en: string) => ({ en });
type Category = Catalog["categories"][number];
const category = (id: string, position: number) => ({ id, name: text(id), parentId: null, position }) as Category; // as far as a shelf looks

type Sold = Partial<ProductView["variants"][number]["availability"]>;

function product(slug: string, over: Partial<ProductView> = {}, sold: Sold = {}): ProductView {
  const price = { amount: 250, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" } } as const;
  const availability = { placeId: null, tracked: false, available: null, soldOut: false, inAssortment: true, ...sold };
  const variant = { id: slug, sku: slug, name: text(slug), barcodes: [], price, deposit: null, reduced: null, availability };
  const nothing = { brand: null, pictureUrl: null, pictures: [], allergens: [], optionGroups: [], promotions: [] };
  const goods = { id: slug, slug, name: text(slug), description: text(""), categoryId: "coffee", taxClass: "food", prepSeconds: 0 };
  return { ...nothing, ...goods, unit: "piece", active: true, shippable: false, variants: [variant], ...over };
}

const slugs = (products: readonly ProductView[]) =>
  shelvesOf({ categories: [category("cakes", 2), category("coffee", 1)], products }).map(({ category: { id }, products: on }) => [
    id,
    on.map(({ slug }) => slug),
  ]);

it("[KSK-7] a kiosk offers its categories in their order, each where it has something now", () => {
  const cake = product("carrot-cake", { categoryId: "cakes" });
  expect(slugs([cake, product("espresso"), product("latte")])).toEqual([
    ["coffee", ["espresso", "latte"]],
    ["cakes", ["carrot-cake"]],
  ]);
  expect(slugs([cake])).toEqual([["cakes", ["carrot-cake"]]]);
});

it("[KSK-7] what is served at another time, weighed, booked or handed over with a code is not offered; what is sold out is, and says so", () => {
  const later = product("pancakes", {}, { served: { now: false, changesAt: null } });
  const elsewhere = product("mug", {}, { inAssortment: false });
  const others = [
    product("beans", { unit: "gram" }),
    product("tasting", { isService: true }),
    product("card", { taxClass: GIFT_CARD_CLASS }),
  ];
  const soldOut = product("cortado", {}, { soldOut: true });
  const none = product("cookie", {}, { tracked: true, available: 0 });
  expect(slugs([later, elsewhere, ...others, soldOut, none, product("espresso")])).toEqual([["coffee", ["cortado", "cookie", "espresso"]]]);
  expect([soldOut, none, product("espresso")].map(isGone)).toEqual([true, true, false]);
});
