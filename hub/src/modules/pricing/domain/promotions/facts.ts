import type { LocalizedText } from "@weft/contracts";
import type { CategoryId, Id, Money, ProductId } from "@weft/kernel";
import type { PriceScope, Ratio, Validity } from "../facts.ts";

export type PromotionId = Id<"promotion">;

/** Goods by category (with all below it) or product: any one will do. Both empty: all goods. */
export type GoodsFilter = { readonly categoryIds: readonly CategoryId[]; readonly productIds: readonly ProductId[] };

/** What a promotion takes off [PRC-15]. Pieces only: weighed goods take part in `percentage` and in what comes off the whole cart. */
export type PromotionBenefit =
  | { readonly kind: "percentage"; readonly rate: Ratio }
  /** Off each piece of the goods, or once off the whole cart. */
  | { readonly kind: "amount"; readonly money: Money; readonly per: "piece" | "cart" }
  /** A piece costs this, options included, unless it costs less already. */
  | { readonly kind: "fixed_price"; readonly money: Money }
  /** For every `buy` pieces, `get` more at `rate` off: of `getGoods`, or the cheapest of each set where that is null. */
  | {
      readonly kind: "buy_get";
      readonly buy: number;
      readonly get: number;
      readonly getGoods: GoodsFilter | null;
      readonly rate: Ratio;
    }
  /** Of every `of` pieces the cheapest costs nothing. */
  | { readonly kind: "cheapest_free"; readonly of: number }
  /** A piece, or several, of each part together cost `price`. */
  | { readonly kind: "bundle"; readonly parts: readonly BundlePart[]; readonly price: Money };

export type BundlePart = { readonly goods: GoodsFilter; readonly pieces: number };

/** A happy hour, by the wall clock of the place: weekdays from 1 (Monday) to 7, minutes of the day; `to` at or before `from` is the next day. */
export type HappyHours = { readonly weekdays: readonly number[]; readonly from: number; readonly to: number };

/** One version of a promotion, as stored. */
export type Promotion = Validity & {
  readonly id: PromotionId;
  readonly version: number;
  /** When it began to take off what it does now: earlier versions with the same benefit, goods and hours count. Absent: not stored yet. */
  readonly since?: Date;
  readonly name: LocalizedText;
  readonly benefit: PromotionBenefit;
  /** The one in which its amounts are told; null for one that holds in any. */
  readonly currency: string | null;
  /** What it is about; of a bundle its parts say so. */
  readonly goods: GoodsFilter;
  /** A tier of the loyalty program, members and companies are customer groups. */
  readonly scope: PriceScope;
  /** What its goods must cost together before any discount, and how many pieces of them are needed. */
  readonly minimum: Money | null;
  readonly minimumPieces: number | null;
  readonly hours: HappyHours | null;
  /** Only for a known customer who has ordered nothing before. */
  readonly firstOrder: boolean;
  /** Only for carts with one of its codes. */
  readonly needsCode: boolean;
  /** Between promotions that save the same, and for whom the search considers, the higher goes first. */
  readonly priority: number;
  /** Its goods take no other promotion; off the whole cart: the cart takes no other. */
  readonly exclusive: boolean;
  /** Its budget is spent. */
  readonly isUsedUp: boolean;
};

/** The customer group of those who may not use a promotion again; kept when they use it for the last time [PRC-18]. */
export const usedGroup = (id: PromotionId): string => `used:${id}`;

/** The customer group of those who have ordered before. */
export const BUYERS = "buyer";

/** The customer group of the members who are in a tier of the loyalty program. */
export const tierGroup = (code: string): string => `tier:${code}`;

/** The customer group of the members of the loyalty program. */
export const MEMBERS = "member";
