import type { CartView, RequirementView } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";

/** What can stand between a cart and its order, by the codes of the contract and of the modules behind it. */
const KNOWN = [
  "booking.lapsed",
  "booking.time_missing",
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
  "promise.no_room",
  "promise.no_shipping_place",
  "promise.not_served",
  "promise.not_served_then",
  "promise.not_shipped_to",
  "promise.slot_full",
  "promise.slot_needed",
  "promise.slot_too_soon",
  "promise.slot_unknown",
  "stock.insufficient",
] as const;

/** A requirement in words, with the product and the figures it is about. */
export function requirementText({ code, lineId, data }: RequirementView, cart: CartView): string {
  if (code === "company.over_limit") return overLimitText(cart, data);
  const line = cart.lines.find(({ id }) => id === lineId);
  const what = line ? inLanguage(line.name) : t("shop.requirement.a_product");
  const available = typeof data?.["available"] === "number" ? data["available"] : 0;
  const known = KNOWN.find((other) => other === code);
  return known === undefined ? t("shop.requirement.other", { code }) : t(`shop.requirement.${known}`, { what, available });
}

/** How much may still be ordered for the company that the cart is bought for. */
function overLimitText({ company, totals }: CartView, data: RequirementView["data"]): string {
  const left = typeof data?.["left"] === "number" ? data["left"] : 0;
  const currency = typeof data?.["currency"] === "string" ? data["currency"] : totals.total.currency;
  return t("shop.requirement.company.over_limit", { company: company?.name ?? "", left: formatMoney({ amount: left, currency }) });
}
