import { demoId, productPicture, type DemoChain } from "@weft/demo";
import { asId, type ProductId, type VariantId } from "@weft/kernel";
import { savePictures, upsertProducts } from "../../modules/catalog/index.ts";
import { setPrices, type PriceListId } from "../../modules/pricing/index.ts";
import type { DemoStep } from "../load-once.ts";

/** Ids far from those of the other goods, which are numbered from nought. */
const PRODUCT = asId<ProductId>(demoId("product", 9001));
const VARIANT = asId<VariantId>(demoId("variant", 9001));

/** Goods by weight: for the scale of the till and the labels of another. */
export const WEIGHED_STEP: DemoStep = {
  name: "goods by weight",
  async run({ must }, chain) {
    const { sku, slug, name, description, category, taxClass, barcodes, picture } = chain.weighed;
    const categoryId = chain.categories.find(({ code }) => code === category)?.id;
    if (categoryId === undefined) throw new Error(`the demo has no category ${category}`);
    await must(async (ctx) => {
      const [pictureUrl = null] = await savePictures(ctx, [productPicture({ picture })]);
      const variant = { id: VARIANT, sku, name: { en: "" }, position: 0, barcodes };
      const goods = { unit: "gram", isTracked: false, isShippable: false, prepSeconds: 0, allergens: [], optionGroupIds: [] } as const;
      const shown = { slug, name, description, categoryId, pictureUrl, taxClass, isActive: true, soldEverywhere: true };
      return upsertProducts(ctx, [{ id: PRODUCT, ...goods, ...shown, popularity: 0, position: 900, variants: [variant] }]);
    });
    await must((ctx) => setPrices(ctx, pricesOf(chain)));
  },
};

/** On the lists of the countries, which name their stores by groups. */
function pricesOf({ priceLists, weighed: { perKilo } }: DemoChain) {
  return priceLists.flatMap(({ currency, scope }, n) =>
    scope.kind === "group"
      ? [
          {
            listId: asId<PriceListId>(demoId("price list", n)),
            variantId: VARIANT,
            minQuantity: 1,
            unitPrice: { amount: perKilo, scale: 0, currency, per: { quantity: 1000, unit: "gram" as const } },
          },
        ]
      : [],
  );
}
