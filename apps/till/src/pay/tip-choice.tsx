import { formatMoney, formatPercent } from "@weft/ui/i18n/format.ts";
import { suggestedTip, tipInCoins } from "../../../../hub/src/modules/till/domain/index.ts";
import { amountOf } from "../common/amount.ts";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import styles from "./pay.module.css";

/** What the customer gives on top: nothing, so many percent of what is paid, or an amount of their own as it was typed. */
export type TipWish =
  | { readonly kind: "none" }
  | { readonly kind: "percent"; readonly percent: number }
  | { readonly kind: "other"; readonly typed: string };
export const NO_TIP: TipWish = { kind: "none" };

/** The tip in minor units, on `amount`. */
export function useTip(wish: TipWish, amount: number): number {
  const { register, currency } = useTill();
  if (wish.kind === "none" || amount <= 0) return 0;
  if (wish.kind === "percent") return suggestedTip(amount, wish.percent, register.cashRounding);
  return tipInCoins(amountOf(wish.typed, currency) ?? 0, register.cashRounding);
}

type TipChoiceProps = { readonly amount: number; readonly wish: TipWish; readonly onChange: (wish: TipWish) => void };

/** Suggestions of the place by one tap, another amount, or none, which is how it begins. Nothing is shown where no tip is taken. */
export function TipChoice({ amount, wish, onChange }: TipChoiceProps) {
  const { register, currency } = useTill();
  if (register.tipPercents.length === 0 || amount <= 0) return null;
  return (
    <div className={styles.tips} role="group" aria-label={t("till.tip.title")}>
      <span aria-hidden>{t("till.tip.title")}</span>
      <button type="button" aria-pressed={wish.kind === "none"} onClick={() => onChange(NO_TIP)}>
        {t("till.tip.none")}
      </button>
      {register.tipPercents.map((percent) => (
        <button
          key={percent}
          type="button"
          aria-pressed={wish.kind === "percent" && wish.percent === percent}
          onClick={() => onChange({ kind: "percent", percent })}
        >
          {formatPercent(percent)} <small>{formatMoney({ amount: suggestedTip(amount, percent, register.cashRounding), currency })}</small>
        </button>
      ))}
      <input
        aria-label={t("till.tip.other")}
        placeholder={t("till.tip.other")}
        inputMode="decimal"
        autoComplete="off"
        maxLength={7}
        value={wish.kind === "other" ? wish.typed : ""}
        onChange={({ target }) =>
          onChange(target.value === "" ? NO_TIP : { kind: "other", typed: target.value.replaceAll(/[^\d.,]/g, "") })
        }
      />
    </div>
  );
}
