import type { BonusTermsView } from "@weft/contracts";
import { asId } from "@weft/kernel";
import { goodsTest } from "../pricing/domain/index.ts";
import type { Bonus, BonusId } from "./domain/index.ts";

/** A bonus as the rules take it, from the terms that the contract has checked: ids are ids and times are times. */
export function toBonus(terms: BonusTermsView): Bonus {
  const { placeIds, groupIds, channelIds, customerGroups, hours, goods, validFrom, validTo } = terms;
  const { name, gives, minimum, minimumPieces, firstOrder, birthdayDays, visits, streak, limit, stops } = terms;
  const isAll = goods.categoryIds.length === 0 && goods.productIds.length === 0;
  return {
    id: asId<BonusId>(terms.id),
    name,
    gives,
    isAbout: isAll
      ? null
      : goodsTest({ categoryIds: goods.categoryIds.map((id) => asId(id)), productIds: goods.productIds.map((id) => asId(id)) }),
    minimum,
    minimumPieces,
    hours: hours && { weekdays: hours.weekdays, from: minutesOf(hours.from), to: minutesOf(hours.to) },
    scope: {
      ...(placeIds.length > 0 && { placeIds: placeIds.map((id) => asId(id)) }),
      ...(groupIds.length > 0 && { groupIds: groupIds.map((id) => asId(id)) }),
      ...(channelIds.length > 0 && { channelIds: channelIds.map((id) => asId(id)) }),
      ...(customerGroups.length > 0 && { customerGroups }),
    },
    firstOrder,
    birthdayDays,
    visits,
    streak,
    limit,
    stops,
    ...(validFrom !== null && { validFrom: new Date(validFrom) }),
    ...(validTo !== null && { validTo: new Date(validTo) }),
  };
}

/** Minutes of the day of `17:30`. */
function minutesOf(wallTime: string): number {
  const [hours = "0", minutes = "0"] = wallTime.split(":");
  return Number(hours) * 60 + Number(minutes);
}
