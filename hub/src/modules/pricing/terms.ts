import type { GoodsFilterView, PromotionBenefitView, PromotionTermsView } from "@weft/contracts";
import { asId } from "@weft/kernel";
import type { GoodsFilter, Promotion, PromotionBenefit, PromotionId } from "./domain/index.ts";

/** A promotion as the engine takes it, from the terms that the contract has checked: ids are ids and times are times. */
export function toPromotion(id: PromotionId, version: number, terms: PromotionTermsView, isUsedUp: boolean): Promotion {
  const { validFrom, validTo, placeIds, groupIds, channelIds, customerGroups, hours } = terms;
  const { name, minimum, minimumPieces, firstOrder, needsCode, priority, exclusive } = terms;
  return {
    id,
    version,
    name,
    benefit: toBenefit(terms.benefit),
    currency: currenciesOf(terms)[0] ?? null,
    goods: toFilter(terms.goods),
    scope: {
      ...(placeIds.length > 0 && { placeIds: placeIds.map((one) => asId(one)) }),
      ...(groupIds.length > 0 && { groupIds: groupIds.map((one) => asId(one)) }),
      ...(channelIds.length > 0 && { channelIds: channelIds.map((one) => asId(one)) }),
      ...(customerGroups.length > 0 && { customerGroups }),
    },
    minimum,
    minimumPieces,
    hours: hours && { weekdays: hours.weekdays, from: minutesOf(hours.from), to: minutesOf(hours.to) },
    firstOrder,
    needsCode,
    priority,
    exclusive,
    isUsedUp,
    ...(validFrom !== null && { validFrom: new Date(validFrom) }),
    ...(validTo !== null && { validTo: new Date(validTo) }),
  };
}

/** The currencies in which terms are told; more than one are a mistake. */
export function currenciesOf({ benefit, minimum, maximumAmount }: PromotionTermsView): string[] {
  const money = benefit.kind === "bundle" ? benefit.price : "money" in benefit ? benefit.money : null;
  return [...new Set([money, minimum, maximumAmount].flatMap((one) => (one ? [one.currency] : [])))];
}

function toFilter({ categoryIds, productIds }: GoodsFilterView): GoodsFilter {
  return { categoryIds: categoryIds.map((id) => asId(id)), productIds: productIds.map((id) => asId(id)) };
}

function toBenefit(benefit: PromotionBenefitView): PromotionBenefit {
  switch (benefit.kind) {
    case "buy_get":
      return { ...benefit, getGoods: benefit.getGoods && toFilter(benefit.getGoods) };
    case "bundle":
      return { ...benefit, parts: benefit.parts.map(({ goods, pieces }) => ({ goods: toFilter(goods), pieces })) };
    default:
      return benefit;
  }
}

/** Minutes of the day of `17:30`. */
function minutesOf(wallTime: string): number {
  const [hours = "0", minutes = "0"] = wallTime.split(":");
  return Number(hours) * 60 + Number(minutes);
}
