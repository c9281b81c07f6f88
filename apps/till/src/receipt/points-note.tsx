import { useQuery } from "@tanstack/react-query";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { t } from "../t.ts";
import { receiptQuery } from "./screen.tsx";
import styles from "./points-note.module.css";

/** What a sale or a collected order brought, and what the customer has since: to be read out. Nothing for somebody who is not known. */
export function PointsNote({ orderId }: { readonly orderId: string }) {
  const { data } = useQuery(receiptQuery(orderId));
  if (!data?.points) return <p className={styles.note} aria-hidden />;
  const { earned, balance, balanceAsOf } = data.points;
  const values = { earned: formatNumber(earned), count: earned, balance: formatNumber(balance) };
  return (
    <p className={styles.note} role="status" data-tour="points-brought">
      {t(balanceAsOf === "now" ? "till.points.brought" : "till.points.brought_last_night", values)}
    </p>
  );
}
