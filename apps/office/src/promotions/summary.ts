import type { GoodsFilterView, PromotionTermsView } from "@weft/contracts/client";
import type { Money } from "@weft/kernel";
import { formatDateTime, formatList, formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { t } from "../t.ts";
import type { Conditions } from "./conditions-draft.ts";
import { customerGroupName } from "./customer-groups.ts";

/** The name of a category, product, place or channel by its id. */
export type NameOf = (id: string) => string;

/** A promotion in plain language, a sentence for each thing that it says. */
export function summaryOf(terms: PromotionTermsView, nameOf: NameOf): string[] {
  return [benefitText(terms, nameOf), ...conditionWords(terms, terms.minimum, nameOf), ...limits(terms)];
}

export function goodsText({ categoryIds, productIds }: GoodsFilterView, nameOf: NameOf): string {
  const names = [...categoryIds, ...productIds].map(nameOf);
  return names.length === 0 ? t("office.promotions.say.all_goods") : formatList(names);
}

const percentText = ({ numerator, denominator }: { readonly numerator: number; readonly denominator: number }): string =>
  formatNumber(numerator / denominator, { style: "percent", maximumFractionDigits: 2 });

function benefitText({ benefit, goods }: PromotionTermsView, nameOf: NameOf): string {
  const what = goodsText(goods, nameOf);
  switch (benefit.kind) {
    case "percentage":
      return t("office.promotions.say.percentage", { rate: percentText(benefit.rate), goods: what });
    case "amount":
      return benefit.per === "piece"
        ? t("office.promotions.say.amount_piece", { amount: formatMoney(benefit.money), goods: what })
        : t("office.promotions.say.amount_cart", { amount: formatMoney(benefit.money) });
    case "fixed_price":
      return t("office.promotions.say.fixed_price", { amount: formatMoney(benefit.money), goods: what });
    case "buy_get": {
      const { buy, get, getGoods, rate } = benefit;
      const given = { buy, get, rate: percentText(rate), goods: what };
      return getGoods
        ? t("office.promotions.say.buy_get_other", { ...given, other: goodsText(getGoods, nameOf) })
        : t("office.promotions.say.buy_get", given);
    }
    case "cheapest_free":
      return t("office.promotions.say.cheapest_free", { count: benefit.of, goods: what });
    case "bundle":
      return t("office.promotions.say.bundle", {
        amount: formatMoney(benefit.price),
        goods: formatList(benefit.parts.map((part) => goodsText(part.goods, nameOf))),
      });
  }
}

/** When, where and for whom, and what the goods must cost at least. */
export function conditionWords(conditions: Conditions, minimum: Money | null, nameOf: NameOf): string[] {
  const { minimumPieces, hours, validFrom, validTo, placeIds, groupIds, channelIds, customerGroups, firstOrder } = conditions;
  const said: string[] = [];
  if (minimum) said.push(t("office.promotions.say.minimum", { amount: formatMoney(minimum) }));
  if (minimumPieces !== null) said.push(t("office.promotions.say.minimum_pieces", { count: minimumPieces }));
  if (hours)
    said.push(t("office.promotions.say.hours", { days: formatList(hours.weekdays.map(weekdayName)), from: hours.from, to: hours.to }));
  if (validFrom !== null) said.push(t("office.promotions.say.valid_from", { at: formatDateTime(validFrom) }));
  if (validTo !== null) said.push(t("office.promotions.say.valid_to", { at: formatDateTime(validTo) }));
  if (placeIds.length > 0) said.push(t("office.promotions.say.places", { names: formatList(placeIds.map(nameOf)) }));
  if (groupIds.length > 0) said.push(t("office.promotions.say.place_groups", { names: formatList(groupIds.map(nameOf)) }));
  if (channelIds.length > 0) said.push(t("office.promotions.say.channels", { names: formatList(channelIds.map(nameOf)) }));
  if (customerGroups.length > 0)
    said.push(t("office.promotions.say.groups", { names: formatList(customerGroups.map((group) => customerGroupName(group, nameOf))) }));
  if (firstOrder) said.push(t("office.promotions.say.first_order"));
  return said;
}

function limits({ needsCode, exclusive, maximumUses, maximumUsesPerCustomer, maximumAmount }: PromotionTermsView): string[] {
  const said = needsCode ? [t("office.promotions.say.needs_code")] : [];
  said.push(exclusive ? t("office.promotions.say.exclusive") : t("office.promotions.say.combinable"));
  if (maximumUses !== null) said.push(t("office.promotions.say.maximum_uses", { count: maximumUses }));
  if (maximumUsesPerCustomer !== null) said.push(t("office.promotions.say.maximum_per_customer", { count: maximumUsesPerCustomer }));
  if (maximumAmount) said.push(t("office.promotions.say.maximum_amount", { amount: formatMoney(maximumAmount) }));
  return said;
}

/** A weekday by its number, 1 is Monday. */
export function weekdayName(weekday: number): string {
  // The fifth of January 2026 was a Monday.
  return new Date(Date.UTC(2026, 0, 4 + weekday)).toLocaleDateString(currentLocale(), { weekday: "long", timeZone: "UTC" });
}
