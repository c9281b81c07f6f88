import type { LocalizedText, ReducedPriceView, ShownPromotionView } from "@weft/contracts/client";
import type { UnitPrice } from "@weft/kernel";
import { formatDate, formatDateTime, formatList, formatMoney, formatNumber, formatTime, type Reading } from "../i18n/format.ts";
import { currentLocale } from "../i18n/i18n.ts";
import { t } from "../t.ts";

/** What a promotion takes off and what it asks for, in one line: `20% off · Mon–Fri, 4:00 PM–6:00 PM`. */
export function promotionLine(promotion: ShownPromotionView): string {
  return [benefitWords(promotion), ...conditionWords(promotion)].join(" · ");
}

const inLanguage = (text: LocalizedText): string => text[currentLocale()] ?? text.en;

/** The names of a promotion about some goods, else of all. */
const goodsWords = (names: readonly LocalizedText[]): string =>
  names.length === 0 ? t("ui.promotion.all_goods") : formatList(names.map(inLanguage));

const rateWords = ({ numerator, denominator }: { readonly numerator: number; readonly denominator: number }): string =>
  formatNumber(numerator / denominator, { style: "percent", maximumFractionDigits: 2 });

function benefitWords({ benefit }: ShownPromotionView): string {
  switch (benefit.kind) {
    case "percentage":
      return t("ui.promotion.percentage", { rate: rateWords(benefit.rate) });
    case "amount":
      return t(benefit.per === "piece" ? "ui.promotion.amount_piece" : "ui.promotion.amount_cart", { amount: formatMoney(benefit.money) });
    case "fixed_price":
      return t("ui.promotion.fixed_price", { amount: formatMoney(benefit.money) });
    case "cheapest_free":
      return t("ui.promotion.cheapest_free", { count: benefit.of, paid: benefit.of - 1 });
    case "bundle":
      return t("ui.promotion.bundle", {
        goods: benefit.parts.map(({ goods, pieces }) => (pieces > 1 ? `${pieces} × ` : "") + goodsWords(goods)).join(" + "),
        amount: formatMoney(benefit.price),
      });
    case "buy_get": {
      const { buy, get, other, rate } = benefit;
      const isFree = rate.numerator === rate.denominator;
      if (!other) return t(isFree ? "ui.promotion.get_free" : "ui.promotion.get_off", { buy, get, rate: rateWords(rate) });
      return t(isFree ? "ui.promotion.other_free" : "ui.promotion.other_off", {
        buy,
        get,
        rate: rateWords(rate),
        goods: goodsWords(other),
      });
    }
  }
}

function conditionWords({ minimum, minimumPieces, hours, membersOnly, firstOrder, until }: ShownPromotionView): string[] {
  const said: string[] = [];
  if (minimumPieces !== null) said.push(t("ui.promotion.pieces", { count: minimumPieces }));
  if (minimum) said.push(t("ui.promotion.minimum", { amount: formatMoney(minimum) }));
  if (hours) said.push([weekdayWords(hours.weekdays), `${clockWords(hours.from)}–${clockWords(hours.to)}`].filter(Boolean).join(", "));
  if (membersOnly) said.push(t("ui.promotion.members"));
  if (firstOrder) said.push(t("ui.promotion.first_order"));
  if (until !== null) said.push(t("ui.promotion.until", { at: formatDateTime(until) }));
  return said;
}

/** `16:00` of a wall clock as the reader writes it. */
function clockWords(time: string): string {
  return formatTime(new Date(`2026-01-05T${time}:00Z`), { timeZone: "UTC" });
}

/** Days of the week from 1, Monday: nothing for all of them, `Mon–Fri` for days in a row, else each. */
export function weekdayWords(weekdays: readonly number[]): string {
  const days = [...new Set(weekdays)].sort((a, b) => a - b);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined || days.length === 7) return "";
  if (days.length > 2 && last - first === days.length - 1) return `${weekdayName(first)}–${weekdayName(last)}`;
  return formatList(days.map(weekdayName));
}

// The fifth of January 2026 was a Monday.
const weekdayName = (weekday: number): string =>
  new Date(Date.UTC(2026, 0, 4 + weekday)).toLocaleDateString(currentLocale(), { weekday: "short", timeZone: "UTC" });

/** What makes a price lower and until when, by the clock of the store where that is known: `Cake hour · until 18:00`. */
export function reducedWords({ names, until }: ReducedPriceView, now: Date, reading: Reading = {}): string {
  const words = names.map(inLanguage);
  if (until !== null) {
    const isToday = formatDate(until, reading) === formatDate(now, reading);
    words.push(t("ui.promotion.until", { at: isToday ? formatTime(until, reading) : formatDateTime(until, reading) }));
  }
  return words.join(" · ");
}

/**
 * What a price was at its lowest in the 30 days before it was reduced, where that is not the price it is compared with: directive 98/6/EC, article
 * 6a. `priceText` writes a unit price as the screen does.
 */
export function lowestWords(price: UnitPrice, { lowest }: ReducedPriceView, priceText: (price: UnitPrice) => string): string | undefined {
  if (!lowest || priceText(lowest) === priceText(price)) return undefined;
  return t("ui.promotion.lowest", { amount: priceText(lowest) });
}
