import type { CategoryView, ProductSummaryView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { LINES, pagesOf } from "./pages.ts";

const category = (id: string, position: number) => ({ id, position }) as CategoryView; // what the rule looks at
const products = (categoryId: string, count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `${categoryId}${n}`, categoryId, price: {} }) as ProductSummaryView); // the same

it("[BRD-3] shows every product of every category once, in their order, and no column is too long", () => {
  const categories = [category("b", 2), category("a", 1), category("empty", 3)];
  const all = [...products("b", 3), ...products("a", 20)];
  const pages = pagesOf(categories, all);
  expect(pages.flat().flatMap((shelf) => shelf.products.map(({ id }) => id))).toEqual([
    ...products("a", 20).map(({ id }) => id),
    ...products("b", 3).map(({ id }) => id),
  ]);
  for (const shelf of pages.flat()) expect(shelf.products.length).toBeLessThan(LINES);
  for (const page of pages) expect(page.length).toBeLessThanOrEqual(2);
});

it("[BRD-3] leaves out what is not sold here, and is empty when nothing is", () => {
  const unsold = [{ id: "x", categoryId: "a", price: null } as ProductSummaryView]; // what the rule looks at
  expect(pagesOf([category("a", 1)], unsold)).toEqual([]);
});
