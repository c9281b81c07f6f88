import { t } from "../t.ts";
import styles from "./price-tag.module.css";

type Props = {
  /** As it is read here: `€3.70`. */
  readonly price: string;
  /** What it costs less, for whoever looks at it; undefined where it does not. */
  readonly reduced: string | undefined;
};

/** What something costs. Where promotions make it cheaper, its price before them is struck through beside it, and said to those who do not see that. */
export function PriceTag({ price, reduced }: Props) {
  if (reduced === undefined) return <span className={styles.price}>{price}</span>;
  return (
    <span className={styles.price}>
      <ins className={styles.now}>{reduced}</ins>{" "}
      <del className={styles.before}>
        <span className={styles.said}>{t("ui.promotion.before")} </span>
        {price}
      </del>
    </span>
  );
}
