import type { CartView, RequirementView } from "@weft/contracts/client";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";

/** What can stand between a cart and its order, by the codes of the contract and of the modules behind it. */
const KNOWN = [
  "cart.empty",
  "cart.place_missing",
  "customer.contact_missing",
  "delivery.address_missing",
  "delivery.method_missing",
  "option.required",
  "places.not_serving",
  "price.unknown",
  "product.gone",
  "product.not_shippable",
  "product.not_sold_here",
  "product.sold_out",
  "promise.no_shipping_place",
  "promise.not_shipped_to",
  "stock.insufficient",
] as const;

/** A requirement in words, with the product and the figures it is about. */
export function requirementText({ code, lineId, data }: RequirementView, cart: CartView): string {
  const line = cart.lines.find(({ id }) => id === lineId);
  const what = line ? inLanguage(line.name) : t("shop.requirement.a_product");
  const available = typeof data?.["available"] === "number" ? data["available"] : 0;
  const known = KNOWN.find((other) => other === code);
  return known === undefined ? t("shop.requirement.other", { code }) : t(`shop.requirement.${known}`, { what, available });
}
