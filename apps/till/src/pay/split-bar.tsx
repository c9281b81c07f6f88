import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { nextAmount, type Asked } from "../../../../hub/src/modules/till/domain/index.ts";
import { t } from "../t.ts";
import styles from "./pay.module.css";

type SplitBarProps = {
  readonly asked: Asked;
  readonly left: { readonly amount: number; readonly currency: string };
  readonly onAll: () => void;
};

/** What the payment is about that is taken now, and the way back to all that is left. */
export function SplitBar({ asked, left, onAll }: SplitBarProps) {
  const now = formatMoney({ ...left, amount: nextAmount(asked, left.amount) });
  return (
    <p className={styles.split} role="status">
      <strong>{t("till.parts.now", { amount: now })}</strong>
      {asked.kind === "shares" ? <span>{t("till.parts.people_left", { count: asked.people })}</span> : null}
      <Button kind="quiet" onClick={onAll}>
        {t("till.parts.all")}
      </Button>
    </p>
  );
}
