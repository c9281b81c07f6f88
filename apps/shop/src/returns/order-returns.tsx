import { queryOptions, useQuery } from "@tanstack/react-query";
import type { OrderReturnsView, OrderView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { closedText } from "@weft/ui/app/return-text.ts";
import { formatBusinessDate } from "@weft/ui/i18n/format.ts";
import { api, tokenHeader } from "../api.ts";
import { orderToken } from "../order/order-query.ts";
import { t } from "../t.ts";
import { AnnounceForm } from "./announce-form.tsx";
import { RequestCard } from "./request-card.tsx";
import styles from "./returns.module.css";

export const orderReturnsQuery = (id: string) =>
  queryOptions({
    queryKey: ["order-returns", id],
    queryFn: ({ signal }) => api.ask("returns.ofOrder", { params: { id }, signal, headers: tokenHeader(orderToken(id) ?? null) ?? {} }),
  });

/** What of an order came or can come back: announced here, followed live. Nothing before something was handed over. */
export function OrderReturns({ order }: { readonly order: OrderView }) {
  const isHandedOver = order.mode === "live" && order.lines.some(({ kind, fulfilled }) => kind === "goods" && fulfilled > 0);
  const { data } = useQuery({ ...orderReturnsQuery(order.id), enabled: isHandedOver });
  useLive(isHandedOver ? `order-returns/${order.id}` : undefined, orderToken(order.id));
  if (!isHandedOver || !data) return null;
  return (
    <section className={styles.returns} aria-labelledby="returns-title">
      <h2 id="returns-title">{t("shop.returns.title")}</h2>
      {data.requests.map((request) => (
        <RequestCard key={request.id} request={request} />
      ))}
      <MayCome returns={data} />
    </section>
  );
}

function MayCome({ returns }: { readonly returns: OrderReturnsView }) {
  const { closed, until, lines } = returns;
  if (closed !== null) return <p className={styles.quiet}>{closedText(closed)}</p>;
  if (lines.every(({ returnable }) => returnable === 0)) return null;
  return (
    <>
      {until === null ? null : <p className={styles.quiet}>{t("shop.returns.until", { date: formatBusinessDate(until, "day") })}</p>}
      <AnnounceForm key={returns.requests.length} returns={returns} />
    </>
  );
}
