import type { LocalizedText, ReducedPriceView, ShownPromotionView } from "@weft/contracts";
import type { UnitPrice, VariantId } from "@weft/kernel";
import type { Catalog } from "../../modules/catalog/index.ts";
import {
  wallTime,
  type CompiledPromotion,
  type GoodsFilter,
  type PriceStep,
  type Promotion,
  type PromotedGoods,
} from "../../modules/pricing/index.ts";
import type { PriceWindow } from "./price-tags.ts";

/** So many goods are named; of more, the first. */
const MOST_NAMES = 6;
/** So many conditions of one product are told. */
const MOST_TOLD = 3;

/** What promotions make of a price of the goods [PRC-19]; null where they make nothing of it. */
export function presentReduced(
  goods: PromotedGoods,
  { id, price }: { readonly id: VariantId; readonly price: UnitPrice | null },
  { promotions, lowestBefore }: PriceWindow,
): ReducedPriceView | null {
  const reduced = price === null ? undefined : promotions.reducedOf(goods, price);
  if (!reduced) return null;
  const { price: after, promotions: made, steps, from, to } = reduced;
  return {
    price: after,
    names: made.map(({ name }) => name),
    steps: steps.map(presentStep),
    until: to?.toISOString() ?? null,
    lowest: (from && lowestBefore({ ...goods, variantId: id }, from)) ?? null,
  };
}

function presentStep(step: PriceStep): ReducedPriceView["steps"][number] {
  return step.kind === "percentage" ? { kind: step.kind, rate: step.rate } : { kind: step.kind, money: step.money };
}

/** The promotions about the goods that ask for something more, the first few [PRC-19]. */
export function presentConditions(catalog: Catalog, goods: PromotedGoods, { promotions }: PriceWindow): ShownPromotionView[] {
  return promotions
    .conditionalOn(goods)
    .slice(0, MOST_TOLD)
    .map((one) => presentPromotion(catalog, one));
}

/** What each promotion looked like in the words of a catalog, for as long as both are in force. */
const shown = new WeakMap<CompiledPromotion, { readonly catalog: Catalog; readonly view: ShownPromotionView }>();

/** A promotion as customers are told of it. */
export function presentPromotion(catalog: Catalog, compiled: CompiledPromotion): ShownPromotionView {
  const known = shown.get(compiled);
  if (known?.catalog === catalog) return known.view;
  const view = draw(catalog, compiled.promotion);
  shown.set(compiled, { catalog, view });
  return view;
}

function draw(catalog: Catalog, promotion: Promotion): ShownPromotionView {
  const { id, name, goods, minimum, minimumPieces, hours, scope, firstOrder, validTo } = promotion;
  return {
    id,
    name,
    benefit: benefitOf(catalog, promotion),
    goods: namesOf(catalog, goods),
    minimum,
    minimumPieces,
    hours: hours && { weekdays: [...hours.weekdays], from: wallTime(hours.from), to: wallTime(hours.to) },
    membersOnly: scope.customerGroups !== undefined,
    firstOrder,
    until: validTo?.toISOString() ?? null,
  };
}

function benefitOf(catalog: Catalog, { benefit }: Promotion): ShownPromotionView["benefit"] {
  switch (benefit.kind) {
    case "buy_get": {
      const { kind, buy, get, getGoods, rate } = benefit;
      return { kind, buy, get, rate, other: getGoods && namesOf(catalog, getGoods) };
    }
    case "bundle": {
      const { kind, parts, price } = benefit;
      return { kind, price, parts: parts.map(({ goods, pieces }) => ({ goods: namesOf(catalog, goods), pieces })) };
    }
    default:
      return benefit;
  }
}

function namesOf(catalog: Catalog, { categoryIds, productIds }: GoodsFilter): LocalizedText[] {
  const categories = categoryIds.map((id) => catalog.categories.find((category) => category.id === id)?.name);
  const products = productIds.map((id) => catalog.products.get(id)?.name);
  return [...categories, ...products].flatMap((name) => name ?? []).slice(0, MOST_NAMES);
}
