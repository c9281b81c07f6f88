import { queryOptions, useQuery } from "@tanstack/react-query";
import type { OrderView, ReturnView } from "@weft/contracts/client";
import { formatDateTime, formatNumber } from "@weft/ui/i18n/format.ts";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { api } from "../api.ts";
import { Part } from "../common/beside.tsx";
import { inLanguage } from "../common/text.ts";
import { t } from "../t.ts";
import styles from "../orders/orders.module.css";

const returnsQuery = (orderId: string, version: number) =>
  queryOptions({
    queryKey: ["returns", orderId, version],
    queryFn: ({ signal }) => api.ask("returns.list", { query: { orderId, limit: 50 }, signal }),
  });

/** What came back of an order: where, by whom, and what went where. Nothing while all of it is with its customer. */
export function OrderReturns({ order }: { readonly order: OrderView }) {
  const cameBack = order.lines.some(({ returned }) => returned > 0);
  const returns = useQuery({ ...returnsQuery(order.id, order.version), enabled: cameBack });
  if (!cameBack || !returns.data) return null;
  return (
    <Part title={t("office.returns.title")}>
      <ul className={styles.lines}>
        {returns.data.items.map((back) => (
          <li key={back.id}>
            <div className={styles.line}>
              <span>
                {back.number ?? back.sourceNumber}
                <small>
                  {[back.placeName, back.staffName, formatDateTime(back.returnedAt, { timeZone: back.timeZone, style: "short" })]
                    .filter(Boolean)
                    .join(" · ")}
                </small>
                {back.lines.map((line, n) => (
                  // oxlint-disable-next-line react/no-array-index-key -- the same line may stand twice, and their order is fixed
                  <small key={n}>{lineText(line)}</small>
                ))}
                {back.pointsTaken > 0 ? (
                  <small>{t("ui.return.points_taken", { points: formatNumber(back.pointsTaken), count: back.pointsTaken })}</small>
                ) : null}
                {back.pointsGiven > 0 ? (
                  <small>{t("ui.return.points_given", { points: formatNumber(back.pointsGiven), count: back.pointsGiven })}</small>
                ) : null}
              </span>
              <span className={styles.amount}>
                <MoneyText money={back.total} />
                {back.refunds.map(({ kind }) => (
                  <small key={kind}>{t(`ui.return.to.${kind}`)}</small>
                ))}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function lineText({ quantity, name, reason, disposition }: ReturnView["lines"][number]): string {
  const known = REASONS.find((one) => one === reason);
  const why = [known && t(`ui.return.reason.${known}`), disposition && t(`ui.return.disposition.${disposition}`)].filter(Boolean);
  return [`${quantity} × ${inLanguage(name)}`, ...why].join(" · ");
}

const REASONS = ["changed_mind", "defective", "wrong_item", "not_as_described", "other"] as const;
