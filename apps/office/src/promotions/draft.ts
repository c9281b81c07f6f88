import type { BodyOf, GoodsFilterView, PromotionTermsView, PromotionView } from "@weft/contracts/client";
import { localized, namesOf, NO_NAMES, type Names } from "../common/names.ts";
import { conditionsOf, draftOfConditions, NO_CONDITIONS, type ConditionsDraft } from "./conditions-draft.ts";

export const KINDS = ["percentage", "amount_piece", "amount_cart", "fixed_price", "buy_get", "cheapest_free", "bundle"] as const;
export type Kind = (typeof KINDS)[number];

/** Goods as they are chosen: `c:` before the id of a category, `p:` before that of a product. */
export type ChosenGoods = readonly string[];

/** So many pieces of some goods, of a menu. */
export type DraftPart = { readonly goods: ChosenGoods; readonly pieces: number };

/** A promotion as it is typed; amounts in minor units of `currency`. */
export type PromotionDraft = ConditionsDraft & {
  readonly name: Names;
  readonly kind: Kind;
  readonly currency: string;
  readonly percent: number;
  readonly amount: number | null;
  readonly buy: number;
  readonly get: number;
  readonly goods: ChosenGoods;
  readonly getGoods: ChosenGoods;
  readonly parts: readonly DraftPart[];
  readonly minimum: number | null;
  readonly needsCode: boolean;
  readonly exclusive: boolean;
  readonly priority: number;
  readonly maximumUses: number | null;
  readonly maximumUsesPerCustomer: number | null;
  readonly maximumAmount: number | null;
};

const EMPTY: PromotionDraft = {
  ...NO_CONDITIONS,
  name: NO_NAMES,
  kind: "percentage",
  currency: "EUR",
  percent: 10,
  amount: 100,
  buy: 2,
  get: 1,
  goods: [],
  getGoods: [],
  parts: [
    { goods: [], pieces: 1 },
    { goods: [], pieces: 1 },
  ],
  minimum: null,
  needsCode: false,
  exclusive: false,
  priority: 0,
  maximumUses: null,
  maximumUsesPerCustomer: null,
  maximumAmount: null,
};

export function draftOf(promotion: PromotionView | undefined): PromotionDraft {
  if (!promotion) return EMPTY;
  const { name, minimum, needsCode, exclusive, priority, maximumUses, maximumUsesPerCustomer, maximumAmount } = promotion;
  return {
    ...EMPTY,
    ...ofBenefit(promotion),
    ...draftOfConditions(promotion),
    name: namesOf(name),
    currency: currencyOf(promotion),
    minimum: minimum?.amount ?? null,
    maximumAmount: maximumAmount?.amount ?? null,
    needsCode,
    exclusive,
    priority,
    maximumUses,
    maximumUsesPerCustomer,
  };
}

function currencyOf({ benefit, minimum, maximumAmount }: PromotionTermsView): string {
  const money = benefit.kind === "bundle" ? benefit.price : "money" in benefit ? benefit.money : null;
  return (money ?? minimum ?? maximumAmount)?.currency ?? EMPTY.currency;
}

function ofBenefit({ benefit, goods }: PromotionTermsView): Partial<PromotionDraft> {
  const chosen = { goods: chosenOf(goods) };
  const percent = (rate: { readonly numerator: number; readonly denominator: number }) => (rate.numerator * 100) / rate.denominator;
  switch (benefit.kind) {
    case "percentage":
      return { ...chosen, kind: "percentage", percent: percent(benefit.rate) };
    case "amount":
      return { ...chosen, kind: benefit.per === "piece" ? "amount_piece" : "amount_cart", amount: benefit.money.amount };
    case "fixed_price":
      return { ...chosen, kind: "fixed_price", amount: benefit.money.amount };
    case "buy_get": {
      const { buy, get, getGoods, rate } = benefit;
      return { ...chosen, kind: "buy_get", buy, get, percent: percent(rate), getGoods: getGoods ? chosenOf(getGoods) : [] };
    }
    case "cheapest_free":
      return { ...chosen, kind: "cheapest_free", buy: benefit.of };
    case "bundle":
      return {
        kind: "bundle",
        amount: benefit.price.amount,
        parts: benefit.parts.map(({ goods: of, pieces }) => ({ goods: chosenOf(of), pieces })),
      };
  }
}

export const chosenOf = ({ categoryIds, productIds }: GoodsFilterView): ChosenGoods => [
  ...categoryIds.map((id) => `c:${id}`),
  ...productIds.map((id) => `p:${id}`),
];

export const filterOf = (chosen: ChosenGoods): GoodsFilterView => ({
  categoryIds: chosen.flatMap((value) => (value.startsWith("c:") ? [value.slice(2)] : [])),
  productIds: chosen.flatMap((value) => (value.startsWith("p:") ? [value.slice(2)] : [])),
});

/** What keeps it from being saved; null when nothing does. */
export function whatIsMissing({ name, kind, amount, parts }: PromotionDraft): "name" | "amount" | "parts" | null {
  if (name.en.trim() === "") return "name";
  if (kind === "bundle" && (parts.length === 0 || parts.some((part) => part.goods.length === 0))) return "parts";
  return ["amount_piece", "amount_cart"].includes(kind) && (amount ?? 0) < 1 ? "amount" : null;
}

/** The same as the hub takes it. */
export function termsOf(draft: PromotionDraft): BodyOf<"promotions.create"> & PromotionTermsView {
  const { name, currency, goods, kind, minimum, needsCode, exclusive, priority, maximumUses, maximumUsesPerCustomer, maximumAmount } =
    draft;
  const money = (amount: number | null) => (amount === null ? null : { amount, currency });
  return {
    ...conditionsOf(draft),
    name: localized(name),
    benefit: benefitOf(draft),
    goods: filterOf(kind === "bundle" ? [] : goods),
    minimum: money(minimum),
    maximumAmount: money(maximumAmount),
    needsCode,
    exclusive,
    priority,
    maximumUses,
    maximumUsesPerCustomer,
  };
}

function benefitOf({ kind, currency, percent, amount, buy, get, getGoods, parts }: PromotionDraft): PromotionTermsView["benefit"] {
  const rate = { numerator: Math.round(percent * 100), denominator: 10_000 };
  const money = { amount: amount ?? 0, currency };
  switch (kind) {
    case "percentage":
      return { kind, rate };
    case "amount_piece":
      return { kind: "amount", money, per: "piece" };
    case "amount_cart":
      return { kind: "amount", money, per: "cart" };
    case "fixed_price":
      return { kind, money };
    case "buy_get":
      return { kind, buy, get, rate, getGoods: getGoods.length > 0 ? filterOf(getGoods) : null };
    case "cheapest_free":
      return { kind, of: buy };
    case "bundle":
      return { kind, price: money, parts: parts.map((part) => ({ goods: filterOf(part.goods), pieces: part.pieces })) };
  }
}
