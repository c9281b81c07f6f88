import type { Problems, VariantId } from "@weft/kernel";
import type { CodeId, PriceListId, ScopeKey, TaxClass } from "./domain/index.ts";

export type PricingError =
  | { code: "pricing.list_unknown"; listId: PriceListId }
  | { code: "pricing.list_currency_fixed"; listId: PriceListId; currency: string }
  | { code: "pricing.price_currency"; listId: PriceListId; variantId: VariantId; expected: string; given: string }
  | { code: "pricing.scope_empty"; id: PriceListId | CodeId; key: ScopeKey }
  | { code: "pricing.tax_class_unknown"; taxClass: TaxClass }
  | { code: "pricing.code_taken"; text: string }
  | { code: "pricing.code_unknown"; codeId: CodeId }
  | { code: "pricing.code_used_up"; text: string };

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
};
