import { PromotionTerms } from "@weft/contracts";
import { demoId, productPicture, type DemoChain, type DemoOptionGroup, type DemoPriceList, type DemoProduct } from "@weft/demo";
import { asId, ok, type GroupId, type PlaceId, type Result, type VariantId } from "@weft/kernel";
import {
  assignAssortment,
  saveCategories,
  setParts,
  saveOptionGroups,
  savePictures,
  upsertProducts,
  type CatalogError,
  type OptionGroup,
  type OptionGroupId,
} from "../../modules/catalog/index.ts";
import {
  createCode,
  createPromotion,
  saveDeposit,
  savePriceLists,
  setPrices,
  setTaxRates,
  type CodeId,
  type PriceListId,
  type PriceScope,
  type PromotionId,
  type TaxRateId,
} from "../../modules/pricing/index.ts";
import { saveDeliveryMethod, type DeliveryMethodId } from "../../modules/promises/index.ts";
import { receiveStock } from "../../modules/stock/index.ts";
import type { Ctx } from "../../platform/index.ts";
import type { DemoStep } from "../load-once.ts";

/** What is sold, for how much, and how much of it there is. */
export const GOODS_STEPS: readonly DemoStep[] = [
  {
    name: "products",
    async run({ must }, chain) {
      const groups = sharedGroups(chain.products);
      await must(async (ctx) => {
        await saveCategories(
          ctx,
          chain.categories.map(({ parentId, ...category }) => ({ ...category, parentId: parentId ?? null })),
        );
        await saveOptionGroups(ctx, [...groups.values()]);
        const pictures = await savePictures(
          ctx,
          chain.products.map((product) => productPicture(product)),
        );
        const saved = await upsertProducts(
          ctx,
          chain.products.map((product, index) => newProduct(chain, product, index, pictures[index] ?? null, groups)),
        );
        if (!saved.ok) return saved;
        await assignAssortment(ctx, exceptions(chain));
        return setAllParts(ctx, chain);
      });
    },
  },
  {
    name: "prices",
    async run({ must }, chain) {
      const lists = chain.priceLists.map((list, n) => ({ ...list, id: asId<PriceListId>(demoId("price list", n)) }));
      const classes = [...new Set(chain.taxRates.map(({ taxClass }) => taxClass))];
      const stores = chain.places.filter(({ kind }) => kind === "store").map(({ id }) => id);
      await must((ctx) =>
        setTaxRates(ctx, {
          classes: classes.map((code) => ({ code, name: code })),
          rates: chain.taxRates.map(({ country, taxClass, context, numerator, denominator, validFrom }, n) => ({
            id: asId<TaxRateId>(demoId("tax rate", n)),
            zone: { kind: "country" as const, country },
            taxClass,
            context,
            numerator,
            denominator,
            validFrom,
          })),
          roundingPolicies: [],
        }),
      );
      for (const deposit of chain.deposits) {
        const variantIds = deposit.variantIds.map((id) => asId<VariantId>(id));
        await must((ctx) => saveDeposit(ctx, { ...deposit, variantIds }));
      }
      await must((ctx) =>
        savePriceLists(
          ctx,
          lists.map(({ id, name, currency, isTaxIncluded, priority, scope }) => ({
            id,
            name,
            currency,
            taxIncluded: isTaxIncluded,
            priority,
            scope: scopeOf(scope, stores),
          })),
        ),
      );
      for (const { id, currency, prices } of lists) {
        await must((ctx) =>
          setPrices(
            ctx,
            prices.map(({ variantId, amount }) => ({
              listId: id,
              variantId,
              minQuantity: 1,
              unitPrice: { amount, scale: 0, currency, per: { quantity: 1, unit: "piece" as const } },
            })),
          ),
        );
      }
      for (const [n, { code, discount }] of chain.codes.entries()) {
        const benefit =
          discount.kind === "percent"
            ? ({ kind: "percentage", rate: { numerator: discount.percent, denominator: 100 } } as const)
            : ({ kind: "amount", money: { amount: discount.amount, currency: discount.currency } } as const);
        await must((ctx) => createCode(ctx, { id: asId<CodeId>(demoId("discount code", n)), code, benefit, scope: {}, combinable: false }));
      }
    },
  },
  {
    name: "promotions",
    async run({ must }, chain) {
      for (const [n, terms] of chain.promotions.entries())
        await must((ctx) => createPromotion(ctx, asId<PromotionId>(demoId("promotion", n)), PromotionTerms.parse(terms)));
    },
  },
  {
    name: "shipping",
    async run({ must }, chain) {
      for (const method of chain.deliveryMethods)
        await must((ctx) => saveDeliveryMethod(ctx, { ...method, id: asId<DeliveryMethodId>(method.id), isActive: true }));
    },
  },
  {
    name: "stock",
    async run({ must }, chain, progress) {
      let made = 0;
      let stocked = 0;
      for (const levels of chain.stockLevels) {
        const receipts = levels.map(({ variantId, placeId, onHand, safety }) => ({
          entryId: demoId("stock entry", made++),
          variantId,
          placeId,
          quantity: onHand,
          safety,
        }));
        await must(async (ctx) => ok(await receiveStock(ctx, receipts, "opening stock")));
        progress.count(made, ++stocked / chain.places.length);
      }
    },
  },
];

const groupKey = (group: DemoOptionGroup) =>
  JSON.stringify([group.code, group.minimum, group.maximum, group.values.map(({ code, priceDifference }) => [code, priceDifference])]);

/** Products that offer the very same choice share one group, so that a change of oat milk is a change for all. */
function sharedGroups(products: readonly DemoProduct[]): Map<string, OptionGroup> {
  const groups = new Map<string, OptionGroup>();
  for (const group of products.flatMap(({ optionGroups }) => optionGroups)) {
    const key = groupKey(group);
    if (groups.has(key)) continue;
    const { code, name, minimum, maximum, values } = group;
    groups.set(key, {
      id: asId<OptionGroupId>(demoId("option group", groups.size)),
      code,
      name,
      minimum,
      maximum,
      values: values.map((value) => ({
        code: value.code,
        name: value.name,
        priceDifference: { amount: value.priceDifference, currency: "EUR" },
        variantId: null,
      })),
    });
  }
  return groups;
}

function newProduct(
  chain: DemoChain,
  product: DemoProduct,
  index: number,
  pictureUrl: string | null,
  groups: ReadonlyMap<string, OptionGroup>,
) {
  const favorite = product.variants.findIndex(({ sku }) => chain.tillFavorites.includes(sku));
  const { id, slug, name, description, brand, categoryId, allergens, taxClass, prepSeconds, unit, isTracked, isShippable, isActive } =
    product;
  return {
    id,
    slug,
    name,
    description,
    brand,
    categoryId,
    pictureUrl,
    allergens,
    taxClass,
    prepSeconds,
    unit,
    isTracked,
    isShippable,
    isActive,
    soldEverywhere: true,
    popularity: favorite === -1 ? 0 : 100 - chain.tillFavorites.indexOf(product.variants[favorite]?.sku ?? ""),
    position: index,
    variants: product.variants.map((variant, position) => ({
      id: variant.id,
      sku: variant.sku,
      name: variant.name,
      position,
      barcodes: [variant.barcode],
    })),
    optionGroupIds: product.optionGroups.flatMap((group) => groups.get(groupKey(group))?.id ?? []),
  };
}

/** Says of bundles and recipes what they are made of. */
async function setAllParts(ctx: Ctx, { products }: DemoChain): Promise<Result<null, CatalogError>> {
  const bySku = new Map(products.flatMap(({ variants }) => variants.map(({ sku, id }) => [sku, id])));
  for (const { variants, parts } of products) {
    const [whole] = variants;
    if (!whole || parts.length === 0) continue;
    const known = parts.flatMap(({ sku, quantity }) => {
      const variantId = bySku.get(sku);
      return variantId ? [{ variantId, quantity }] : [];
    });
    const set = await setParts(ctx, whole.id, known);
    if (!set.ok) return set;
  }
  return ok(null);
}

/** Stores sell everything but what they leave out; the warehouse is asked by nobody yet and is left out altogether. */
function exceptions(chain: DemoChain) {
  return chain.assortment.flatMap(({ placeId, productIds }) => {
    const sold = new Set(productIds);
    return chain.products.filter(({ id }) => !sold.has(id)).map(({ id }) => ({ productId: id, placeId, isIncluded: false }));
  });
}

/** A members' price is for members in every store; a list for a place or a country is narrower than one for everywhere. */
function scopeOf(scope: DemoPriceList["scope"], stores: readonly PlaceId[]): PriceScope {
  switch (scope.kind) {
    case "everywhere":
      return {};
    case "group":
      return { groupIds: [scope.groupId satisfies GroupId] };
    case "places":
      return { placeIds: scope.placeIds };
    case "customer_group":
      return { customerGroups: [scope.customerGroup], placeIds: stores };
  }
}
