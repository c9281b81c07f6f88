import type { LoyaltyEntryView } from "@weft/contracts/client";
import { formatList } from "@weft/ui/i18n/format.ts";
import { inLanguage } from "../text.ts";
import { t } from "../t.ts";

/** Why points came or went: what was bought, what was redeemed, or what the clock did. */
export function entryWords({ kind, goods, rewards, points }: LoyaltyEntryView): string {
  const redeemed = formatList(rewards.map(({ name }) => inLanguage(name)));
  switch (kind) {
    case "earn":
      return goods.length > 0
        ? formatList(goods.map(({ name, quantity }) => (quantity > 1 ? `${quantity} × ${inLanguage(name)}` : inLanguage(name))))
        : t("shop.card.earned");
    case "burn":
      return t("shop.card.burned", { rewards: redeemed });
    case "give_back":
      return t("shop.card.given_back", { rewards: redeemed });
    case "take_back":
      return t("shop.card.taken_back");
    case "expire":
      return t("shop.card.expired");
    case "grant":
      return t("shop.card.granted");
    case "opening":
      return t("shop.card.opening");
    default:
      return t(points >= 0 ? "shop.card.earned" : "shop.card.spent");
  }
}
