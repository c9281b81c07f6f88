import type { Because } from "@weft/contracts/client";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";

/** Why a promotion takes nothing off a cart, in words. */
export function whyNotText({ kind, data = {} }: Because): string {
  const { missing } = data;
  switch (kind) {
    case "promotion.below_minimum":
      return isMoney(missing) ? t("office.promotions.not.below_minimum", { missing: formatMoney(missing) }) : kind;
    case "promotion.too_few_pieces":
      return t("office.promotions.not.too_few_pieces", { count: Number(missing) });
    case "promotion.not_yet_valid":
      return t("office.promotions.not.not_yet_valid", { at: formatDateTime(String(data["validFrom"])) });
    case "promotion.out_of_scope":
      return wordOf(`office.promotions.not.scope_${String(missing)}`, kind);
    default:
      return wordOf(`office.promotions.not.${kind.replace("promotion.", "")}`, kind);
  }
}

function isMoney(value: unknown): value is { amount: number; currency: string } {
  return typeof value === "object" && value !== null && "amount" in value && "currency" in value;
}
