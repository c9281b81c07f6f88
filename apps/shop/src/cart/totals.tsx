import type { CartView } from "@weft/contracts/client";
import { formatList, formatMoney, formatPercent } from "@weft/ui/i18n/format.ts";
import { WhyPrice } from "@weft/ui/shop/why-price.tsx";
import { t } from "../t.ts";
import type { ShownCart } from "./shown-cart.ts";
import styles from "./totals.module.css";

/** What it costs and why: discounts, tax, points. The total is dim while the hub has not confirmed it. */
export function Totals({ cart, shown }: { readonly cart: CartView | undefined; readonly shown: ShownCart }) {
  const totals = cart?.totals;
  if (shown.total === null) return null;
  return (
    <>
      <dl className={styles.totals}>
        {totals && totals.discount.amount > 0 ? (
          <>
            <dt>{t("shop.totals.subtotal")}</dt>
            <dd>{formatMoney(totals.subtotal)}</dd>
            <dt className={styles.saved}>{t("shop.totals.discount")}</dt>
            <dd className={styles.saved}>{formatMoney({ ...totals.discount, amount: -totals.discount.amount })}</dd>
          </>
        ) : null}
        {totals?.deposit ? (
          <>
            <dt>{t("shop.totals.deposit")}</dt>
            <dd>{formatMoney(totals.deposit)}</dd>
          </>
        ) : null}
        {totals?.delivery ? (
          <>
            <dt>{t("shop.totals.delivery")}</dt>
            <dd>{totals.delivery.amount === 0 ? t("shop.checkout.free") : formatMoney(totals.delivery)}</dd>
          </>
        ) : null}
        {totals && !totals.taxIncluded ? (
          <>
            <dt>{t("shop.totals.tax_added")}</dt>
            <dd>{formatMoney(totals.tax)}</dd>
          </>
        ) : null}
        <dt className={styles.total}>{t("shop.totals.total")}</dt>
        <dd className={styles.total} data-unsettled={!shown.isSettled || undefined}>
          <output aria-live="polite">{formatMoney(shown.total)}</output>
        </dd>
        {totals?.taxIncluded && totals.tax.amount > 0 ? (
          <>
            <dt className={styles.small}>
              {t("shop.totals.tax_included", { rates: formatList(totals.taxes.map(({ label }) => formatPercent(Number(label)))) })}
            </dt>
            <dd className={styles.small}>{formatMoney(totals.tax)}</dd>
          </>
        ) : null}
        {totals && totals.pointsBurned > 0 ? (
          <>
            <dt className={styles.small}>{t("shop.totals.points_burned")}</dt>
            <dd className={styles.small}>−{totals.pointsBurned}</dd>
          </>
        ) : null}
        {totals && totals.points > 0 ? (
          <>
            <dt className={styles.small}>{t("shop.totals.points")}</dt>
            <dd className={styles.small}>+{totals.points}</dd>
          </>
        ) : null}
      </dl>
      {cart && shown.isSettled ? <WhyPrice lines={cart.lines} /> : null}
    </>
  );
}
