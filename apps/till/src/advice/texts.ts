import type { AdvisedGoodsView, BoughtBeforeView, SuggestionView } from "@weft/contracts/client";
import { formatDate, formatDistance } from "@weft/ui/i18n/format.ts";
import { priceText, textOf } from "../common/text.ts";
import { t } from "../t.ts";
import { weightText } from "../weigh/weight.ts";

/** Why something is suggested, in one sentence that may be said to the customer. */
export function reasonText(suggestion: SuggestionView, timeZone: string): string {
  switch (suggestion.kind) {
    case "due_again":
      return t("till.advice.due_again", { days: suggestion.everyDays, date: formatDate(suggestion.lastAt, { timeZone }) });
    case "goes_with":
      return t("till.advice.goes_with", { percent: suggestion.percent, what: textOf(suggestion.withName), sales: suggestion.sales });
    case "cheaper":
      return t("till.advice.cheaper", { price: priceText(suggestion.priceThen), date: formatDate(suggestion.savedAt, { timeZone }) });
  }
}

/** When and where it was bought last. */
export function boughtText({ timesBought, lastAt, lastPlaceName }: BoughtBeforeView, timeZone: string): string {
  const date = formatDate(lastAt, { timeZone });
  const last = lastPlaceName === null ? date : `${date}, ${lastPlaceName}`;
  return timesBought > 1 ? t("till.advice.bought_times", { count: timesBought, last }) : last;
}

/** How many are here. */
export function hereText({ here: { available, canBuy, because } }: AdvisedGoodsView, unit: "piece" | "gram"): string {
  if (because?.kind === "sold_out") return t("till.sold_out.note");
  if (available === null) return t(canBuy ? "till.advice.made_here" : "till.advice.not_here");
  if (available <= 0) return t("till.advice.none_here");
  return unit === "gram" ? t("till.advice.weight_here", { weight: weightText(available) }) : t("till.advice.here", { count: available });
}

/** The nearest stores that have some, each with how many and how far. */
export function elsewhereText({ elsewhere }: AdvisedGoodsView, unit: "piece" | "gram"): string {
  return elsewhere
    .map(({ storeName, distanceMeters, available }) =>
      t("till.advice.store_has", {
        store: storeName,
        units: unit === "gram" ? weightText(available) : String(available),
        distance: formatDistance(distanceMeters),
      }),
    )
    .join(" · ");
}
