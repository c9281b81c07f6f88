import type { BonusTermsView } from "@weft/contracts";
import { newId } from "@weft/kernel";

/** A bonus on all goods, for everybody and at any time, with what a test says otherwise. */
export const bonusTerms = (given: Partial<BonusTermsView> & Pick<BonusTermsView, "gives">): BonusTermsView => ({
  id: newId(),
  name: { en: "A bonus" },
  goods: { categoryIds: [], productIds: [] },
  minimum: null,
  minimumPieces: null,
  validFrom: null,
  validTo: null,
  hours: null,
  placeIds: [],
  groupIds: [],
  channelIds: [],
  customerGroups: [],
  firstOrder: false,
  birthdayDays: null,
  visits: null,
  streak: null,
  limit: null,
  stops: false,
  ...given,
});
