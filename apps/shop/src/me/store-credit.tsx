import { useQuery } from "@tanstack/react-query";
import type { StoreCreditView } from "@weft/contracts/client";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { creditQuery } from "../customer/credit.ts";
import { t } from "../t.ts";
import styles from "./me.module.css";

/** Store credit with how it came and went; nothing where there never was any. */
export function StoreCredit({ customerId }: { readonly customerId: string }) {
  const { data } = useQuery(creditQuery(customerId));
  if (!data || data.entries.length === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="credit-title">
      <h2 id="credit-title">{t("shop.credit.title")}</h2>
      <p>
        <strong>{data.balances.map((balance) => formatMoney(balance)).join(" · ")}</strong>
      </p>
      <ul>
        {data.entries.slice(0, 10).map((entry) => (
          <li key={entry.id}>
            {wordOf(entry)} · {formatMoney(entry.amount)} · <time dateTime={entry.at}>{formatDateTime(entry.at, { style: "short" })}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}

function wordOf({ because }: StoreCreditView["entries"][number]): string {
  switch (because.kind) {
    case "refunded":
      return t("shop.credit.because.refunded");
    case "granted":
      return t("shop.credit.because.granted");
    case "spent":
      return t("shop.credit.because.spent");
    default:
      return t("shop.credit.because.given_back");
  }
}
