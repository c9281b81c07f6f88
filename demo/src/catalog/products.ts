import type { CategoryId } from "@weft/kernel";
import { BRAND } from "../brand/brand.ts";
import { demoId } from "../ids.ts";
import { slug } from "../slug.ts";
import type { DemoCategory, DemoProduct, DemoVariant } from "../types.ts";
import { cakes, pastries } from "./bakery.ts";
import { inStoreBarcode } from "./barcodes.ts";
import { coffee, icedCoffee } from "./coffee.ts";
import { giftCards } from "./gifts.ts";
import { brewingGear, coffeeBeans, cups, pantry } from "./home.ts";
import { barGoods, recipes, sets } from "./made-of.ts";
import { optionGroupsOf } from "./options.ts";
import { savory } from "./savory.ts";
import type { Section, Sketch, VariantSketch } from "./sketch.ts";
import { coldDrinks, teaAndChocolate } from "./tea-and-cold.ts";
import { textsOf } from "./texts.ts";

/** In the order of the menu. Ids and barcodes count along it: new products go to the end of the last section, or everything behind them moves. */
const SECTIONS: readonly Section[] = [
  coffee,
  icedCoffee,
  teaAndChocolate,
  coldDrinks,
  pastries,
  cakes,
  savory,
  coffeeBeans,
  pantry,
  cups,
  brewingGear,
  giftCards,
  barGoods,
  recipes,
  sets,
];

const UNNAMED = ["", "", "", ""] as const;

export function demoProducts(categories: readonly DemoCategory[], seed: number): readonly DemoProduct[] {
  const products: DemoProduct[] = [];
  let variantsSoFar = 0;
  for (const section of SECTIONS) {
    const categoryId = categories.find((category) => category.code === section.category)?.id;
    if (!categoryId) throw new Error(`no category ${section.category}`);
    for (const sketch of section.products) {
      const product = productOf(sketch, section, categoryId, products.length, variantsSoFar, seed);
      variantsSoFar += product.variants.length;
      products.push(product);
    }
  }
  return products;
}

/** What is sold in parcels is made for the chain and carries its name. */
function productOf(sketch: Sketch, section: Section, categoryId: CategoryId, n: number, firstVariant: number, seed: number): DemoProduct {
  const isShippable = sketch.isShippable ?? section.isShippable;
  const variants = sketch.variants ?? [{ ending: "", name: UNNAMED, price: sketch.price }];
  return {
    id: demoId("product", n, seed),
    slug: slug(sketch.name[0]),
    categoryId,
    name: textsOf(sketch.name),
    description: textsOf(sketch.about),
    brand: isShippable ? BRAND.name : "",
    allergens: sketch.allergens ?? [],
    diet: sketch.diet ?? section.diet,
    taxClass: sketch.taxClass ?? section.taxClass,
    isTracked: sketch.isTracked ?? section.isTracked,
    unit: "piece",
    prepSeconds: sketch.prepSeconds ?? section.prepSeconds,
    station: sketch.station ?? section.station,
    isShippable,
    optionGroups: optionGroupsOf(sketch.options ?? []),
    variants: variants.map((variant, position) => variantOf(sketch, variant, firstVariant + position, seed)),
    picture: sketch.picture,
    isActive: sketch.isActive ?? true,
    parts: (sketch.parts ?? []).map(([sku, quantity]) => ({ sku, quantity })),
  };
}

function variantOf(sketch: Sketch, { ending, name, price, picture }: VariantSketch, n: number, seed: number): DemoVariant {
  return {
    id: demoId("variant", n, seed),
    sku: ending === "" ? sketch.sku : `${sketch.sku}-${ending}`,
    name: textsOf(name),
    barcode: inStoreBarcode(n),
    basePrice: price,
    picture: picture ?? sketch.picture,
  };
}
