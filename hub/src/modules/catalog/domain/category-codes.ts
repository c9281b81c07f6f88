import type { CategoryId } from "@weft/kernel";
import type { Catalog } from "./catalog.ts";

/** The codes of a category and of those above it, the nearest first. */
export function categoryCodes({ categories }: Pick<Catalog, "categories">, id: CategoryId): string[] {
  const codes: string[] = [];
  let at = categories.find((category) => category.id === id);
  while (at) {
    const { code, parentId } = at;
    codes.push(code);
    at = categories.find((category) => category.id === parentId);
  }
  return codes;
}
