import { useQuery } from "@tanstack/react-query";
import type { Money } from "@weft/kernel";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { numbered } from "../receipt/receipt-paper.tsx";
import { t } from "../t.ts";
import { exchangedQuery } from "./queries.ts";
import styles from "../receipt/receipt.module.css";

/** The other half of an exchange's paper: what went out, and the difference. */
export function ExchangedGoods({ orderId, back }: { readonly orderId: string; readonly back: Money }) {
  const { data } = useQuery(exchangedQuery(orderId));
  if (!data) return null;
  const { lines, total } = data;
  return (
    <>
      <table className={styles.lines}>
        <caption className="said">{t("till.exchange.went_out")}</caption>
        <tbody>
          {numbered(lines).map(({ n, ...line }) => (
            <tr key={n}>
              <td>{formatNumber(line.quantity)}</td>
              <td>
                {line.name}
                {line.options.length > 0 ? <small>{line.options.join(", ")}</small> : null}
              </td>
              <td>{formatMoney(line.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className={styles.sums}>
        <div>
          <dt>{t("till.exchange.went_out")}</dt>
          <dd>{formatMoney(total)}</dd>
        </div>
        <div className={styles.total}>
          <dt>{t("till.exchange.difference")}</dt>
          <dd>{formatMoney({ ...total, amount: total.amount - back.amount })}</dd>
        </div>
      </dl>
    </>
  );
}
