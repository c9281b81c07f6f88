import type { DemoDeposit, DemoProduct } from "../types.ts";

/**
 * A setting of the demo, modeled on German law and no advice on it: 25 cents on every bottle, taxed as what is in it, and 19 % when it comes
 * back alone. In France and Spain nothing is asked for.
 */
export function demoDeposits(products: readonly DemoProduct[]): readonly DemoDeposit[] {
  const bottles = products.filter(({ taxClass, isTracked }) => taxClass === "bottled_drink" && isTracked);
  return [
    {
      code: "bottle",
      name: { en: "deposit", fr: "consigne", de: "Pfand", ca: "dipòsit" },
      amounts: [{ country: "DE", currency: "EUR", amount: 25, followsGoods: true, taxClass: "goods" }],
      variantIds: bottles.flatMap(({ variants }) => variants.map(({ id }) => id)),
    },
  ];
}
