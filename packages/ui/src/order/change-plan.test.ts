import type { OrderView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { isAsked, standing, wishOf } from "./change-plan.ts";

const line = (id: string, ordered: number, canceled = 0): OrderView["lines"][number] => ({
  id,
  kind: "goods",
  isGiftCard: false,
  variantId: id,
  sku: `sku ${id}`,
  name: { en: id },
  options: [{ group: "size", value: "large", name: { en: "large" } }],
  unitPrice: { amount: 100, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" } },
  ordered,
  canceled,
  fulfilled: 0,
  returned: 0,
  discount: { amount: 0, currency: "EUR" },
  total: { amount: 100 * ordered, currency: "EUR" },
  taxRate: "0.2",
  deposit: null,
  because: [],
});

it("[CHK-21] fewer units go, more come as the same goods with the same options, and what is as it was asks for nothing", () => {
  const lines = [line("a", 3, 1), line("b", 1), line("c", 2)];
  expect(lines.map(standing)).toEqual([2, 1, 2]);
  const wish = wishOf(lines, { a: 0, b: 3, c: 2 });
  expect(wish).toEqual({
    remove: [{ orderLineId: "a", quantity: 2 }],
    add: [{ sku: "sku b", quantity: 2, options: [{ group: "size", value: "large" }] }],
  });
  expect(isAsked(wish)).toBe(true);
  expect(isAsked(wishOf(lines, {}))).toBe(false);
});

it("[CHK-21] what shipping costs is counted by nobody", () => {
  expect(isAsked(wishOf([{ ...line("d", 1), kind: "delivery" }], { d: 0 }))).toBe(false);
});
