import { textsOf } from "../catalog/texts.ts";
import type { DemoCategory, DemoProduct, DemoPromotion } from "../types.ts";

/** What the chain takes off by itself: a happy hour, a menu price, and a discount from so many bags on. */
export function demoPromotions(products: readonly DemoProduct[], categories: readonly DemoCategory[]): readonly DemoPromotion[] {
  const ofCategory = (code: string) => ({ categoryIds: categories.filter((one) => one.code === code).map(({ id }) => id), productIds: [] });
  const ofSkus = (...skus: string[]) => ({
    categoryIds: [],
    productIds: products.filter(({ variants }) => variants.some(({ sku }) => skus.includes(sku))).map(({ id }) => id),
  });
  return [
    {
      name: textsOf(["Cake hour", "L’heure du gâteau", "Kuchenstunde", "L’hora del pastís"]),
      benefit: { kind: "percentage", rate: { numerator: 20, denominator: 100 } },
      goods: ofSkus("CAK-RED", "CAK-LEM"),
      hours: { weekdays: [1, 2, 3, 4, 5], from: "16:00", to: "18:00" },
    },
    {
      name: textsOf(["Cortado and pastry", "Cortado et viennoiserie", "Cortado und Gebäck", "Tallat i brioix"]),
      benefit: {
        kind: "bundle",
        price: { amount: 460, currency: "EUR" },
        parts: [
          { goods: ofSkus("COF-COR"), pieces: 1 },
          { goods: ofCategory("pastry"), pieces: 1 },
        ],
      },
    },
    {
      name: textsOf(["Three bags of beans", "Trois paquets de café", "Drei Tüten Bohnen", "Tres paquets de cafè"]),
      benefit: { kind: "percentage", rate: { numerator: 10, denominator: 100 } },
      goods: ofCategory("beans"),
      minimumPieces: 3,
    },
  ];
}
