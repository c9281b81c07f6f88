import type { Because, LocalizedText } from "@weft/contracts/client";
import { formatBusinessDate, formatDateTime, formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { inLanguage, priceText } from "../common/text.ts";
import { t } from "../t.ts";

/** A reason of a price or discount in words; bare amounts are in the order's currency. A kind that this page does not know is shown by its name, with its data. */
export function whyText({ kind, data = {} }: Because, currency: string): string {
  switch (kind) {
    case "price.list":
      return t("office.why.price_list", { name: textOf(data["name"]) });
    case "price.option":
      return t("office.why.price_option", {
        group: textOf(data["group"]),
        value: textOf(data["value"]),
        difference: textOf(data["difference"]),
      });
    case "price.customer_group":
      return t("office.why.price_customer_group", { price: textOf(data["insteadOf"]) });
    case "price.overridden":
      return t("office.why.price_overridden", { price: textOf(data["insteadOf"]), reason: textOf(data["reason"]) });
    case "price.held":
      return t("office.why.price_held", { until: timeText(data["until"]) });
    case "price.promotion":
      return t("office.why.price_promotion", {
        name: isLocalized(data["name"]) ? inLanguage(data["name"]) : "",
        amount: formatMoney({ amount: Number(data["amount"]), currency }),
      });
    case "price.near_end":
      return t("office.why.price_near_end", {
        day: formatBusinessDate(textOf(data["on"]), "day"),
        percent: textOf(data["percent"]),
        amount: formatMoney({ amount: Number(data["amount"]), currency }),
      });
    case "price.code":
      return t("office.why.price_code", { code: textOf(data["code"]), amount: formatMoney({ amount: Number(data["amount"]), currency }) });
    case "price.deposit":
      return t("office.why.price_deposit", {
        name: isLocalized(data["name"]) ? inLanguage(data["name"]) : "",
        amount: formatMoney({ amount: Number(data["each"]), currency }),
        rate: rateText(data["rate"]),
      });
    case "price.tax":
      return t("office.why.price_tax", {
        class: textOf(data["taxClass"]).replaceAll("_", " "),
        rate: rateText(data["rate"]),
        country: textOf(data["country"]),
      });
    default:
      return [kind, ...Object.entries(data).map(([name, value]) => `${name}: ${textOf(value)}`)].join(" · ");
  }
}

/** A value of a reason as text: an amount and a price as such, anything else as it is written. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return formatNumber(value);
  if (isMoney(value)) return isUnitPrice(value) ? priceText(value) : formatMoney(value);
  return JSON.stringify(value) ?? "";
}

function timeText(value: unknown): string {
  return typeof value === "string" ? formatDateTime(value) : textOf(value);
}

/** A rate as the engine keeps it, an exact ratio, in percent. */
function rateText(value: unknown): string {
  if (typeof value !== "object" || value === null || !("numerator" in value) || !("denominator" in value)) return textOf(value);
  return formatNumber(Number(value.numerator) / Number(value.denominator), { style: "percent", maximumFractionDigits: 2 });
}

function isLocalized(value: unknown): value is LocalizedText {
  return typeof value === "object" && value !== null && "en" in value && typeof value.en === "string";
}

function isMoney(value: unknown): value is { amount: number; currency: string } {
  return typeof value === "object" && value !== null && "amount" in value && "currency" in value;
}

function isUnitPrice(value: object): value is Parameters<typeof priceText>[0] {
  return "scale" in value && "per" in value;
}
