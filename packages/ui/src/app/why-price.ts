import type { Because, CartLineView } from "@weft/contracts/client";
import { lineTotal, type UnitPrice } from "@weft/kernel";
import { formatDateTime, formatMoney, formatNumber } from "../i18n/format.ts";
import { currentLocale } from "../i18n/i18n.ts";
import { t } from "../t.ts";
import { depositText } from "./deposit.ts";
import { promotionNames } from "./promotion-names.ts";

/** Why a line of a cart costs what it costs, a sentence for each thing that made it so: its price, what came off, its tax. */
export function whyPrice(line: CartLineView): string[] {
  const first = line.unitPrice ? [t("ui.why.times", { count: formatNumber(line.quantity), price: unitText(line.unitPrice) })] : [];
  return [...first, ...line.because.flatMap((reason) => reasonText(reason, line) ?? [])];
}

function reasonText(reason: Because, line: CartLineView): string | undefined {
  const { kind, data = {} } = reason;
  const off = (): string => formatMoney({ amount: Number(data["amount"]), currency: line.total.currency });
  switch (kind) {
    case "price.option":
      return optionText(data, line);
    case "price.customer_group":
      return isUnitPrice(data["insteadOf"]) ? t("ui.why.own_price", { price: unitText(data["insteadOf"]) }) : undefined;
    case "price.held":
      return t("ui.why.held", { at: formatDateTime(String(data["until"])) });
    case "price.overridden":
      if (data["reason"] === "label")
        return isUnitPrice(data["insteadOf"]) ? t("ui.why.by_label", { price: unitText(data["insteadOf"]) }) : undefined;
      return isUnitPrice(data["insteadOf"]) ? t("ui.why.by_staff", { price: unitText(data["insteadOf"]) }) : undefined;
    case "price.promotion":
      return t("ui.why.off", { what: promotionNames([reason]).join(), amount: off() });
    case "price.code":
      return t("ui.why.off", { what: t("ui.why.code", { code: String(data["code"]) }), amount: off() });
    case "price.reward":
      return t("ui.why.off", { what: t("ui.why.reward"), amount: off() });
    case "price.deposit":
      return line.deposit ? depositText(line.deposit) : undefined;
    case "price.tax":
      return taxText(data);
    default:
      // Which list a price stands on is the retailer's own business.
      return undefined;
  }
}

/** A choice by its name, with what it adds. */
function optionText(data: Readonly<Record<string, unknown>>, { options }: CartLineView): string | undefined {
  const option = options.find(({ group, value }) => group === data["group"] && value === data["value"]);
  const difference = data["difference"];
  if (!option || !isMoney(difference)) return undefined;
  const name = option.name[currentLocale()] ?? option.name.en;
  return t(difference.amount > 0 ? "ui.why.more" : "ui.why.off", {
    what: name,
    amount: formatMoney({ ...difference, amount: Math.abs(difference.amount) }),
  });
}

/** The rate, and where it is eaten, which may decide it. */
function taxText(data: Readonly<Record<string, unknown>>): string | undefined {
  const rate = data["rate"];
  if (typeof rate !== "object" || rate === null || !("numerator" in rate && "denominator" in rate)) return undefined;
  const percent = formatNumber(Number(rate.numerator) / Number(rate.denominator), { style: "percent", maximumFractionDigits: 2 });
  const where = t(data["context"] === "eat_in" ? "ui.why.eat_in" : "ui.why.take_away");
  return t(data["included"] === true ? "ui.why.tax_included" : "ui.why.tax_added", { rate: percent, where });
}

/** `€3.50`, or `€2.30 / 100 g` for what is weighed. */
function unitText(price: UnitPrice): string {
  const { quantity, unit } = price.per;
  const amount = formatMoney({ amount: lineTotal(price, quantity), currency: price.currency });
  return unit === "gram" ? `${amount} / ${formatNumber(quantity)} g` : amount;
}

function isMoney(value: unknown): value is { amount: number; currency: string } {
  return typeof value === "object" && value !== null && "amount" in value && "currency" in value;
}

function isUnitPrice(value: unknown): value is UnitPrice {
  return isMoney(value) && "scale" in value && "per" in value;
}
