import type { BonusTermsView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { conditionWords, goodsText, type NameOf } from "../promotions/summary.ts";
import { t } from "../t.ts";

/** A bonus in plain language, a sentence for each thing that it says. */
export function bonusWords(bonus: BonusTermsView, currency: string, nameOf: NameOf): string[] {
  const minimum = bonus.minimum === null ? null : { amount: bonus.minimum, currency };
  return [givesText(bonus, nameOf), ...conditionWords(bonus, minimum, nameOf), ...ofMember(bonus)];
}

function givesText({ gives, goods }: BonusTermsView, nameOf: NameOf): string {
  const what = goodsText(goods, nameOf);
  if (gives.kind === "multiply")
    return t("office.loyalty.say.multiply", { times: formatNumber(gives.percent / 100, { maximumFractionDigits: 2 }), goods: what });
  const points = { points: formatNumber(gives.points), count: gives.points };
  if (gives.kind === "points") return t("office.loyalty.say.points", { ...points, goods: what });
  return t(gives.carries ? "office.loyalty.say.stamps" : "office.loyalty.say.per_piece", { ...points, every: gives.every, goods: what });
}

function ofMember({ birthdayDays, visits, streak, limit, stops }: BonusTermsView): string[] {
  const said: string[] = [];
  if (birthdayDays !== null) said.push(t("office.loyalty.say.birthday", { days: birthdayDays }));
  if (visits) said.push(t("office.loyalty.say.visits", { count: visits.count, days: visits.days }));
  if (streak) said.push(t(`office.loyalty.say.streak_${streak.per}`, { count: streak.count }));
  if (limit) said.push(t(`office.loyalty.say.limit_${limit.per}`, { count: limit.times }));
  if (stops) said.push(t("office.loyalty.say.stops"));
  return said;
}
