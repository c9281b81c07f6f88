import type { Money } from "@weft/kernel";
import { formatMoney } from "../i18n/format.ts";
import styles from "./money-text.module.css";

/** An amount in tabular figures, so that columns of amounts line up. `huge` is for change and totals that are read from afar. */
export function MoneyText({ money, size = "text" }: { readonly money: Money; readonly size?: "text" | "large" | "huge" }) {
  return (
    <span className={styles.money} data-size={size} data-negative={money.amount < 0 || undefined}>
      {formatMoney(money)}
    </span>
  );
}
