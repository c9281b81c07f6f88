import type { LocalizedText, LoyaltyEntryView } from "@weft/contracts/client";
import { formatList, formatNumber } from "@weft/ui/i18n/format.ts";
import { inLanguage } from "../text.ts";
import { t } from "../t.ts";

/** Why points came or went: what was bought, what was redeemed, or what the clock did. */
export function entryWords({ kind, because, goods, rewards, points }: LoyaltyEntryView): string {
  const redeemed = formatList(rewards.map(({ name }) => inLanguage(name)));
  switch (kind) {
    case "earn":
      return goods.length > 0
        ? formatList(goods.map(({ name, quantity }) => (quantity > 1 ? `${quantity} × ${inLanguage(name)}` : inLanguage(name))))
        : t("shop.card.earned");
    case "burn":
      return t("shop.card.burned", { rewards: redeemed });
    case "give_back":
      if (isOfPartner(because)) return t("shop.card.partner_paid_back", { partner: partnerOf(because) });
      return rewards.length === 0 ? t("shop.card.paid_back") : t("shop.card.given_back", { rewards: redeemed });
    case "take_back":
      return t("shop.card.taken_back");
    case "expire":
      return t("shop.card.expired");
    case "grant":
      return t("shop.card.granted");
    case "spend":
      return isOfPartner(because) ? t("shop.card.partner_paid", { partner: partnerOf(because) }) : t("shop.card.paid");
    case "transfer":
      return t(points >= 0 ? "shop.card.got" : "shop.card.gave");
    case "refer_friend":
    case "refer_referrer":
      return t("shop.card.referral");
    case "unrefer_friend":
    case "unrefer_referrer":
      return t("shop.card.referral_back");
    case "partner_earn":
    case "partner_take_back":
      return t(kind === "partner_earn" ? "shop.card.partner" : "shop.card.partner_back", { partner: partnerOf(because) });
    case "opening":
      return t("shop.card.opening");
    default:
      return t(points >= 0 ? "shop.card.earned" : "shop.card.spent");
  }
}

const isOfPartner = ({ kind }: LoyaltyEntryView["because"]): boolean => kind === "partner";

/** As the hub keeps the reason. */
const partnerOf = ({ data }: LoyaltyEntryView["because"]): string => (typeof data?.["partner"] === "string" ? data["partner"] : "");

type Had = { readonly name: LocalizedText; readonly points: number };

/** The bonuses that are among the points of an entry, each with what it gave. */
export function bonusWords({ because }: LoyaltyEntryView): string[] {
  const { bonuses } = because.data ?? {};
  const had = Array.isArray(bonuses) ? (bonuses as Had[]) : []; // as the hub keeps the reason of an earning
  return had.map(({ name, points }) => `${inLanguage(name)} ${formatNumber(points, { signDisplay: "exceptZero" })}`);
}
