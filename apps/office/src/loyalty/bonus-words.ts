import type { BonusTermsView } from "@weft/contracts/client";
import { formatDateTime, formatList, formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { customerGroupName } from "../promotions/customer-groups.ts";
import { goodsText, weekdayName, type NameOf } from "../promotions/summary.ts";
import { t } from "../t.ts";

/** A bonus in plain language, a sentence for each thing that it says. */
export function bonusWords(bonus: BonusTermsView, currency: string, nameOf: NameOf): string[] {
  return [givesText(bonus, nameOf), ...conditions(bonus, currency, nameOf), ...ofMember(bonus)];
}

function givesText({ gives, goods }: BonusTermsView, nameOf: NameOf): string {
  const what = goodsText(goods, nameOf);
  if (gives.kind === "multiply")
    return t("office.loyalty.say.multiply", { times: formatNumber(gives.percent / 100, { maximumFractionDigits: 2 }), goods: what });
  const points = { points: formatNumber(gives.points), count: gives.points };
  if (gives.kind === "points") return t("office.loyalty.say.points", { ...points, goods: what });
  return t(gives.carries ? "office.loyalty.say.stamps" : "office.loyalty.say.per_piece", { ...points, every: gives.every, goods: what });
}

function conditions(bonus: BonusTermsView, currency: string, nameOf: NameOf): string[] {
  const { minimum, minimumPieces, hours, validFrom, validTo, placeIds, groupIds, channelIds, customerGroups, firstOrder } = bonus;
  const said: string[] = [];
  if (minimum !== null) said.push(t("office.promotions.say.minimum", { amount: formatMoney({ amount: minimum, currency }) }));
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

function ofMember({ birthdayDays, visits, limit, stops }: BonusTermsView): string[] {
  const said: string[] = [];
  if (birthdayDays !== null) said.push(t("office.loyalty.say.birthday", { days: birthdayDays }));
  if (visits) said.push(t("office.loyalty.say.visits", { count: visits.count, days: visits.days }));
  if (limit) said.push(t(`office.loyalty.say.limit_${limit.per}`, { count: limit.times }));
  if (stops) said.push(t("office.loyalty.say.stops"));
  return said;
}
