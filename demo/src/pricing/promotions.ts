import { textsOf } from "../catalog/texts.ts";
import type { DemoCategory, DemoProduct, DemoPromotion } from "../types.ts";

/** What the chain takes off by itself, of every kind one: by the hour, together, from so many on, for members, from an amount on. */
export function demoPromotions(products: readonly DemoProduct[], categories: readonly DemoCategory[]): readonly DemoPromotion[] {
  const ofCategory = (code: string) => ({ categoryIds: categories.filter((one) => one.code === code).map(({ id }) => id), productIds: [] });
  const ofSkus = (...skus: string[]) => ({
    categoryIds: [],
    productIds: products.filter(({ variants }) => variants.some(({ sku }) => skus.includes(sku))).map(({ id }) => id),
  });
  const euros = (amount: number) => ({ amount: Math.round(amount * 100), currency: "EUR" });
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
        price: euros(4.6),
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
    {
      name: textsOf(["Lentil lunch", "Le midi lentilles", "Linsenmittag", "Dinar de llenties"]),
      benefit: { kind: "fixed_price", money: euros(7.5) },
      goods: ofSkus("SAV-LEN"),
      hours: { weekdays: [1, 2, 3, 4, 5], from: "11:30", to: "14:00" },
    },
    {
      name: textsOf(["Four little cakes", "Quatre petits gâteaux", "Vier kleine Kuchen", "Quatre pastissets"]),
      benefit: { kind: "cheapest_free", of: 4 },
      goods: ofSkus("CAK-MAD", "CAK-FIN", "CAK-CAN"),
    },
    {
      name: textsOf(["Herbal company", "Tisanes à plusieurs", "Kräutertee zu dritt", "Infusions en companyia"]),
      benefit: { kind: "buy_get", buy: 2, get: 1, getGoods: null, rate: { numerator: 50, denominator: 100 } },
      goods: ofSkus("TEA-VER", "TEA-ROO", "TEA-GIN"),
    },
    {
      name: textsOf(["Members’ muffin", "Le muffin des membres", "Muffin für Mitglieder", "El muffin dels membres"]),
      benefit: { kind: "amount", money: euros(0.5), per: "piece" },
      goods: ofSkus("CAK-MUF", "CAK-MUC"),
      customerGroups: ["member"],
    },
    {
      name: textsOf(["Brewing at home", "Le café chez soi", "Kaffee zu Hause", "Cafè a casa"]),
      benefit: { kind: "amount", money: euros(5), per: "cart" },
      goods: ofCategory("brew"),
      minimum: euros(60),
    },
  ];
}
