import type { CartLineView, CartView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import type { LineHint, Pending } from "./basket.ts";
import { showCart } from "./shown-cart.ts";

const euros = (amount: number) => ({ amount, currency: "EUR" });
const price = (amount: number) => ({ amount, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" as const } });
const milk = (value: string) => [{ group: "milk", value, name: { en: value }, priceDifference: euros(0) }];
const hint = (options: LineHint["options"] = [], amount = 300): LineHint => ({
  name: { en: "Latte" },
  pictureUrl: null,
  unitPrice: price(amount),
  options,
});

// A line and a cart as the hub answers them, as far as the rule reads them.
const line = (id: string, sku: string, quantity: number, options: CartLineView["options"] = []): CartLineView =>
  ({
    id,
    sku,
    quantity,
    options,
    name: { en: sku },
    pictureUrl: null,
    unitPrice: price(300),
    total: euros(300 * quantity),
  }) as unknown as CartLineView;
const cart = (lines: readonly CartLineView[], total: number): CartView =>
  ({ lines, totals: { total: euros(total) } }) as unknown as CartView;
const add = (sku: string, quantity: number, options: LineHint["options"] = []): Pending => ({
  operation: {
    id: `add ${sku}`,
    kind: "add",
    sku,
    quantity,
    lineId: `new ${sku}`,
    options: options.map(({ group, value }) => ({ group, value })),
  },
  hint: hint(options),
});
const seen = (known: CartView | undefined, pending: readonly Pending[]) => {
  const shown = showCart(known, pending);
  return [shown.lines.map(({ id, quantity }) => `${quantity} ${id}`), shown.total?.amount, shown.isSettled];
};

it("[SHC-1] with nothing waiting the cart is as the hub says, discounts included", () => {
  expect(seen(cart([line("a", "latte", 2)], 540), [])).toEqual([["2 a"], 540, true]);
});

it("[SHC-1] a first item stands in the cart before there is one at the hub", () => {
  expect(seen(undefined, [add("latte", 2)])).toEqual([["2 new latte"], 600, false]);
});

it("[SHC-1] the same product with the same choices joins its line, with other choices it is a line of its own", () => {
  const known = cart([line("a", "latte", 1, milk("oat"))], 300);
  expect(seen(known, [add("latte", 2, milk("oat"))])[0]).toEqual(["3 a"]);
  expect(seen(known, [add("latte", 2, milk("soy"))])[0]).toEqual(["1 a", "2 new latte"]);
});

it("[SHC-1] changes follow each other in the order they were made", () => {
  const pending: Pending[] = [
    add("tea", 1),
    { operation: { id: "1", kind: "setQuantity", lineId: "new tea", quantity: 4 } },
    { operation: { id: "2", kind: "remove", lineId: "a" } },
  ];
  expect(seen(cart([line("a", "latte", 1)], 300), pending)).toEqual([["4 new tea"], 1200, false]);
  expect(seen(cart([line("a", "latte", 1)], 300), [{ operation: { id: "3", kind: "setQuantity", lineId: "a", quantity: 0 } }])[0]).toEqual(
    [],
  );
});

it("[SHC-1] what is weighed counts as one item", () => {
  const beans = {
    ...line("a", "beans", 250),
    unitPrice: { amount: 2, scale: 0, currency: "EUR", per: { quantity: 1, unit: "gram" as const } },
  };
  expect(showCart(cart([beans, line("b", "latte", 2)], 1100), []).itemCount).toBe(3);
});
