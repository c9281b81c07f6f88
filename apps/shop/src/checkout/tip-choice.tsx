import type { CartView, StoreView } from "@weft/contracts/client";
import { formatMoney, formatPercent } from "@weft/ui/i18n/format.ts";
import { ChoiceGroup } from "@weft/ui/shop/choice.tsx";
import { suggestedTip } from "../../../../hub/src/modules/till/domain/tips.ts";
import { t } from "../t.ts";
import { payOf } from "./checkout-plan.ts";
import type { PlanState } from "./use-plan.ts";

/** What the staff of the store are given on top, where it takes tips: with a card, for what is handed over there. It begins with nothing. */
export function TipChoice({
  plan,
  change,
  cart,
  store,
}: PlanState & { readonly cart: CartView; readonly store: Pick<StoreView, "tipPercents"> }) {
  if (store.tipPercents.length === 0 || cart.delivery !== null || payOf(plan, cart) !== "card") return null;
  const { amount, currency } = cart.totals.total;
  return (
    <ChoiceGroup
      label={t("shop.tip.title")}
      value={String(plan.tipPercent ?? 0)}
      onChange={(chosen) => change({ tipPercent: Number(chosen) })}
      choices={[
        { value: "0", label: t("shop.tip.none") },
        ...store.tipPercents.map((percent) => ({
          value: String(percent),
          label: formatPercent(percent),
          note: formatMoney({ amount: suggestedTip(amount, percent, 0), currency }),
        })),
      ]}
    />
  );
}
