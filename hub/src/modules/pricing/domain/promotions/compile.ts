import type { CategoryId, ProductId } from "@weft/kernel";
import type { GoodsFilter, Promotion, PromotionBenefit } from "./facts.ts";

/** What a promotion must know of a line to tell whether it is about it. */
export type Goods = {
  readonly productId?: ProductId;
  readonly categoryIds?: readonly CategoryId[];
  /** No promotion is about it, not even one about all goods [PRC-21]. */
  readonly isVoucher?: boolean;
};
export type GoodsTest = (goods: Goods) => boolean;

/** One part of a set of pieces: which, how many, and from which end. */
export type SetPart = { readonly fits: GoodsTest; readonly pieces: number; readonly take: "dearest" | "cheapest" };

/** A promotion over sets of pieces: the last `freePieces` of the first part are reduced by `rate`, or the whole set costs `price`. */
export type SetRule = {
  readonly parts: readonly SetPart[];
  readonly gives:
    | { readonly kind: "off_last"; readonly pieces: number; readonly numerator: number; readonly denominator: number }
    | { readonly kind: "price"; readonly amount: number };
};

/** `set` only for promotions over sets of pieces; `isPromised` for one that serves by a promise alone [PRC-23]. */
export type CompiledPromotion = {
  readonly promotion: Promotion;
  readonly fits: GoodsTest;
  readonly set: SetRule | null;
  readonly isPromised?: true;
};

/** Promotions in the order of ties: the higher priority, then the earlier one. */
export function compilePromotions(promotions: readonly Promotion[]): CompiledPromotion[] {
  return [...promotions]
    .sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1))
    .map((promotion) => Object.freeze({ promotion, ...compileBenefit(promotion) }));
}

function compileBenefit({ benefit, goods }: Promotion): Omit<CompiledPromotion, "promotion"> {
  const fits = goodsTest(goods);
  const set = setRuleOf(benefit, fits);
  return { fits: benefit.kind === "bundle" ? (line) => (set?.parts ?? []).some((part) => part.fits(line)) : fits, set };
}

function setRuleOf(benefit: PromotionBenefit, fits: GoodsTest): SetRule | null {
  if (benefit.kind === "cheapest_free")
    return {
      parts: [{ fits, pieces: benefit.of, take: "dearest" }],
      gives: { kind: "off_last", pieces: 1, numerator: 1, denominator: 1 },
    };
  if (benefit.kind === "bundle")
    return {
      parts: benefit.parts.map(({ goods, pieces }) => ({ fits: goodsTest(goods), pieces, take: "dearest" })),
      gives: { kind: "price", amount: benefit.price.amount },
    };
  if (benefit.kind !== "buy_get") return null;
  const { buy, get, getGoods, rate } = benefit;
  const gives = { kind: "off_last" as const, pieces: get, ...rate };
  if (!getGoods) return { parts: [{ fits, pieces: buy + get, take: "dearest" }], gives };
  // The dearest that may be given are given, and the cheapest that must be bought are counted, so the rest stays free for others.
  return {
    parts: [
      { fits: goodsTest(getGoods), pieces: get, take: "dearest" },
      { fits, pieces: buy, take: "cheapest" },
    ],
    gives,
  };
}

/** Tells of goods whether a filter is about them; no filter is about gift cards. */
export function goodsTest({ categoryIds, productIds }: GoodsFilter): GoodsTest {
  if (categoryIds.length === 0 && productIds.length === 0) return (goods) => goods.isVoucher !== true;
  const [categories, products] = [new Set(categoryIds), new Set(productIds)];
  return (goods) =>
    goods.isVoucher !== true &&
    ((goods.productId !== undefined && products.has(goods.productId)) || (goods.categoryIds ?? []).some((id) => categories.has(id)));
}
