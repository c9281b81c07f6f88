import type { CategoryView, ProductSummaryView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { shelvesOf } from "./shelves.ts";

const category = (id: string, position: number): CategoryView => ({ id, parentId: null, code: id, name: { en: id }, position, icon: null });
const product = (id: string, categoryId: string): ProductSummaryView => ({
  id,
  slug: id,
  name: { en: id },
  categoryId,
  pictureUrl: null,
  price: null,
  deposit: null,
  reduced: null,
  promotions: [],
  priceVaries: false,
  defaultSku: id,
  hasOptions: false,
  availability: { placeId: null, tracked: false, available: null, soldOut: false, inAssortment: true },
});

it("[MNU-1] shelves stand in the order of their categories, each with its products in the order they came", () => {
  const shelves = shelvesOf(
    [category("tea", 2), category("coffee", 1)],
    [product("mate", "tea"), product("latte", "coffee"), product("sencha", "tea")],
  );
  expect(shelves.map(({ category, products }) => [category.code, products.map(({ slug }) => slug)])).toEqual([
    ["coffee", ["latte"]],
    ["tea", ["mate", "sencha"]],
  ]);
});

it("[MNU-1] a category without products has no shelf", () => {
  expect(shelvesOf([category("empty", 1)], [])).toEqual([]);
});
