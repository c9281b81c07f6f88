import { formatMoney } from "@weft/ui/i18n/format.ts";
import { t } from "../t.ts";

const KNOWN = ["price.not_lower", "price.below_limit", "stock.insufficient", "catalog.unknown_sku", "company.may_not_order"] as const;

/** Why the hub did not do what was asked of a cart, in words. */
export function refusalText(code: string, data: Readonly<Record<string, unknown>> | null): string {
  const known = KNOWN.find((one) => one === code);
  if (!known) return t("office.offer.refused.other", { code });
  const { most, available, listed } = data ?? {};
  return t(`office.offer.refused.${known}`, {
    most: typeof most === "number" ? most : 0,
    available: typeof available === "number" ? available : 0,
    price: isPrice(listed) ? formatMoney({ amount: Math.round(listed.amount / 10 ** listed.scale), currency: listed.currency }) : "",
  });
}

type Price = { readonly amount: number; readonly scale: number; readonly currency: string };

const isPrice = (value: unknown): value is Price =>
  typeof value === "object" && value !== null && "amount" in value && "scale" in value && "currency" in value;
