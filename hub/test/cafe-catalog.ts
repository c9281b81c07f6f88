import type { LocalizedText } from "@weft/contracts";
import { ok, type CategoryId } from "@weft/kernel";
import { goodsHub, productId, testId, variantId, type GoodsHub } from "./goods-hub.ts";
import {
  saveCategories,
  saveOptionGroups,
  upsertProducts,
  type NewProduct,
  type NewVariant,
} from "../src/modules/catalog/commands/index.ts";
import type { Category, OptionGroup, OptionGroupId } from "../src/modules/catalog/domain/index.ts";

export const NO_NAME: LocalizedText = { en: "", fr: "", de: "", ca: "" };
export const texts = (en: string, fr: string, de: string, ca: string): LocalizedText => ({ en, fr, de, ca });

export const DRINKS = testId<CategoryId>("category", 1);
export const COFFEE = testId<CategoryId>("category", 2);
export const BAKERY = testId<CategoryId>("category", 3);
export const MILK = testId<OptionGroupId>("option group", 1);

export const CATEGORIES: readonly Category[] = [
  { id: DRINKS, parentId: null, code: "drinks", name: texts("Drinks", "Boissons", "Getränke", "Begudes"), position: 1, icon: "cup" },
  { id: COFFEE, parentId: DRINKS, code: "coffee", name: texts("Coffee", "Café", "Kaffee", "Cafè"), position: 2, icon: null },
  { id: BAKERY, parentId: null, code: "bakery", name: texts("Bakery", "Boulangerie", "Bäckerei", "Fleca"), position: 0, icon: null },
];

export const MILKS: OptionGroup = {
  id: MILK,
  code: "milk",
  name: texts("Milk", "Lait", "Milch", "Llet"),
  minimum: 1,
  maximum: 1,
  values: [
    {
      code: "whole",
      name: texts("Whole milk", "Lait entier", "Vollmilch", "Llet sencera"),
      priceDifference: { amount: 0, currency: "EUR" },
      variantId: null,
    },
    {
      code: "oat",
      name: texts("Oat drink", "Boisson à l’avoine", "Haferdrink", "Beguda de civada"),
      priceDifference: { amount: 50, currency: "EUR" },
      variantId: variantId(6),
    },
  ],
};

export function newVariant(number: number, given: Partial<NewVariant> = {}): NewVariant {
  return { id: variantId(number), sku: `SKU-${number}`, name: NO_NAME, position: 0, barcodes: [], ...given };
}

/** A product with one variant of the same number. */
export function newProduct(number: number, given: Partial<NewProduct> = {}): NewProduct {
  return {
    id: productId(number),
    slug: `product-${number}`,
    name: texts("Thing", "Chose", "Ding", "Cosa"),
    description: NO_NAME,
    categoryId: DRINKS,
    pictureUrl: null,
    allergens: [],
    taxClass: "goods",
    prepSeconds: 0,
    unit: "piece",
    isTracked: true,
    isActive: true,
    soldEverywhere: true,
    popularity: 0,
    position: number,
    variants: [newVariant(number)],
    optionGroupIds: [],
    ...given,
  };
}

/** Goods of a cafe. Popularity falls with the number. */
export const CAFE: readonly NewProduct[] = [
  newProduct(1, {
    name: texts("Cappuccino", "Cappuccino", "Cappuccino", "Caputxino"),
    categoryId: COFFEE,
    isTracked: false,
    prepSeconds: 50,
    optionGroupIds: [MILK],
    popularity: 100,
    taxClass: "hot_drink",
  }),
  newProduct(2, {
    name: texts("Café au lait", "Café au lait", "Milchkaffee", "Cafè amb llet"),
    categoryId: COFFEE,
    isTracked: false,
    prepSeconds: 45,
    optionGroupIds: [MILK],
    popularity: 90,
  }),
  newProduct(3, {
    name: texts("Butter croissants", "Croissants au beurre", "Buttercroissants", "Croissants de mantega"),
    categoryId: BAKERY,
    popularity: 80,
    description: texts(
      "Flaky, baked in the morning",
      "Feuilletés, cuits le matin",
      "Blättrig, am Morgen gebacken",
      "De full, cuits al matí",
    ),
    variants: [
      newVariant(3, {
        sku: "PAS-CRO",
        barcodes: ["2000000000015"],
      }),
    ],
  }),
  newProduct(4, {
    name: texts("Pain au chocolat", "Pain au chocolat", "Schokobrötchen", "Napolitana de xocolata"),
    categoryId: BAKERY,
    popularity: 70,
  }),
  newProduct(5, {
    name: texts("House beans", "Grains de la maison", "Hausbohnen", "Grans de la casa"),
    categoryId: COFFEE,
    popularity: 60,
    description: texts("With notes of chocolate", "Aux notes de chocolat", "Mit Noten von Schokolade", "Amb notes de xocolata"),
    variants: [
      newVariant(50, {
        sku: "BEA-250",
        name: texts("250 g", "250 g", "250 g", "250 g"),
        barcodes: ["4006381333931", "036000291452"],
      }),
      newVariant(51, {
        sku: "BEA-1K",
        name: texts("1 kg", "1 kg", "1 kg", "1 kg"),
        position: 1,
      }),
    ],
  }),
  newProduct(6, { name: texts("Oat milk", "Lait d’avoine", "Hafermilch", "Llet de civada"), popularity: 50 }),
  newProduct(7, { name: texts("Collection mug", "Mug de collection", "Sammelbecher", "Tassa de col·lecció"), popularity: 40 }),
  newProduct(8, { name: texts("Sweet roll", "Brioche suisse", "Süßes Hörnchen", "Suís dolç"), categoryId: BAKERY, popularity: 30 }),
];

/** A hub whose catalog is the cafe. */
export async function cafeHub(): Promise<GoodsHub> {
  const hub = await goodsHub();
  await hub.must(async (ctx) => ok(await saveCategories(ctx, CATEGORIES)));
  // An option may be made of something that is sold too, so the groups come first without their values' variants.
  await hub.must(async (ctx) => ok(await saveOptionGroups(ctx, [{ ...MILKS, values: [] }])));
  await hub.must((ctx) => upsertProducts(ctx, CAFE));
  await hub.must(async (ctx) => ok(await saveOptionGroups(ctx, [MILKS])));
  return hub;
}
