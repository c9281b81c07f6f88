import { useQuery } from "@tanstack/react-query";
import type { DisputeView, OrderView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { api } from "../api.ts";
import { Part } from "../common/beside.tsx";
import { wordOf } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./orders.module.css";

const TONES = { open: "bad", answered: "warn", won: "good", lost: "bad" } as const satisfies Record<DisputeView["state"], string>;

/** Payments that their cardholders took back at their banks: why, and until when to answer. Nothing while there are none. */
export function OrderDisputes({ order }: { readonly order: OrderView }) {
  const may = useMay();
  const disputes = useQuery({
    queryKey: ["order", order.id, "disputes"],
    queryFn: ({ signal }) => api.ask("orders.disputes", { params: { id: order.id }, signal }),
    enabled: may("orders.disputes") && order.tenders.some(({ kind }) => kind === "card"),
  }).data?.items;
  if (!disputes || disputes.length === 0) return null;
  return (
    <Part title={t("office.order.disputes")}>
      <ul className={styles.rows}>
        {disputes.map((dispute) => (
          <li key={dispute.id}>
            <span>
              {wordOf(`office.dispute.reason.${dispute.reason}`, dispute.reason)}
              <small>
                {" "}
                {dispute.state === "open" && dispute.dueAt !== null
                  ? t("office.dispute.answer_until", { at: formatDateTime(dispute.dueAt, { timeZone: order.timeZone }) })
                  : t("office.dispute.since", { at: formatDateTime(dispute.openedAt, { timeZone: order.timeZone }) })}
              </small>
            </span>
            <Badge tone={TONES[dispute.state]}>{t(`office.dispute.state.${dispute.state}`)}</Badge>
            <MoneyText money={dispute.amount} />
          </li>
        ))}
      </ul>
      {disputes.some(({ state }) => state === "open") ? <p>{t("office.dispute.hint")}</p> : null}
    </Part>
  );
}
