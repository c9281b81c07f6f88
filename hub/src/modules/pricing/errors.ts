import type { Problems, VariantId } from "@weft/kernel";
import type { CodeId, PriceListId, PromotionId, ScopeKey, TaxClass } from "./domain/index.ts";

export type PricingError =
  | { code: "pricing.list_unknown"; listId: PriceListId }
  | { code: "pricing.list_currency_fixed"; listId: PriceListId; currency: string }
  | { code: "pricing.price_currency"; listId: PriceListId; variantId: VariantId; expected: string; given: string }
  | { code: "pricing.scope_empty"; id: PriceListId | CodeId; key: ScopeKey }
  | { code: "pricing.tax_class_unknown"; taxClass: TaxClass }
  | { code: "pricing.code_taken"; text: string }
  | { code: "pricing.code_unknown"; codeId: CodeId }
  | { code: "pricing.code_used_up"; text: string }
  | { code: "pricing.sku_unknown"; sku: string }
  | { code: "pricing.list_times"; listId: PriceListId }
  | { code: "pricing.promotion_unknown"; promotionId: PromotionId }
  | { code: "pricing.promotion_changed"; promotionId: PromotionId; version: number }
  | { code: "pricing.promotion_times"; validFrom: string; validTo: string }
  | { code: "pricing.promotion_currencies"; currencies: string[] }
  | { code: "pricing.promotion_used_up"; promotionId: PromotionId }
  | { code: "pricing.deposit_twice"; sku: string; deposit: string }
  | { code: "pricing.entity_unknown"; entityId: string };

/** One row per code; a code without a row does not compile. */
export const PRICING_PROBLEMS: Problems<PricingError> = {
  "pricing.list_unknown": { status: 404, title: "There is no such price list" },
  "pricing.list_currency_fixed": { status: 409, title: "A price list with prices keeps its currency" },
  "pricing.price_currency": { status: 422, title: "This price is in another currency than its list" },
  "pricing.scope_empty": { status: 422, title: "A scope names at least one value, or leaves the key out" },
  "pricing.tax_class_unknown": { status: 422, title: "There is no such tax class" },
  "pricing.code_taken": { status: 409, title: "This code exists already" },
  "pricing.code_unknown": { status: 404, title: "There is no such code" },
  "pricing.code_used_up": { status: 409, title: "This code has been used as often as it may be" },
  "pricing.sku_unknown": { status: 422, title: "There is no product with this SKU" },
  "pricing.list_times": { status: 422, title: "A price list begins before it ends" },
  "pricing.promotion_unknown": { status: 404, title: "There is no such promotion" },
  "pricing.promotion_changed": { status: 409, title: "Somebody has changed this promotion meanwhile; look at it again" },
  "pricing.promotion_times": { status: 422, title: "A promotion begins before it ends" },
  "pricing.promotion_currencies": { status: 422, title: "A promotion is told in one currency" },
  "pricing.promotion_used_up": { status: 409, title: "This promotion is used up; the price is another one now" },
  "pricing.deposit_twice": { status: 409, title: "These goods carry another deposit already" },
  "pricing.entity_unknown": { status: 422, title: "There is no such legal entity in this country" },
};
