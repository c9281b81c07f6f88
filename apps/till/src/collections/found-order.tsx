import { queryOptions, useQuery } from "@tanstack/react-query";
import type { OrderView } from "@weft/contracts/client";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { problemCode } from "@weft/ui/api/problem-error.ts";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import { textOf } from "../common/text.ts";
import { useTill } from "../device/till-context.ts";
import { ChangeOrder } from "@weft/ui/order/change-order.tsx";
import { t } from "../t.ts";
import { ChangeWay, payWays } from "./change-way.tsx";
import styles from "./collections.module.css";

/** A number is read in one piece. */
const NO_BREAK_HYPHEN = "\u2011";

function nullIfUnknown(error: unknown): null {
  if (problemCode(error) === "order.unknown") return null;
  throw error;
}

/** The order whose number the customer shows, wherever it was placed, as far as the link levels let this till see it; null when they do not. */
const byNumberQuery = (number: string) =>
  queryOptions({
    queryKey: ["order-number", number],
    queryFn: async ({ signal }): Promise<OrderView | null> => {
      const shown = await api.ask("grants.create", { body: { shown: number }, signal }).catch(nullIfUnknown);
      return shown?.orderId ? api.ask("orders.read", { params: { id: shown.orderId }, signal }) : null;
    },
    retry: false,
    staleTime: 0,
  });

/** An order that is not to be handed over here: what it is, where it is, and what is paid. */
export function FoundOrder({ number }: { readonly number: string }) {
  const order = useQuery(byNumberQuery(number));
  if (order.isError) return <ProblemNote error={order.error} onRetry={order.refetch} />;
  if (order.isPending) return <ScreenSkeleton />;
  if (order.data === null)
    return <EmptyState title={t("till.collections.unknown_order", { number: number.replace("-", NO_BREAK_HYPHEN) })} />;
  return <Order order={order.data} />;
}

function Order({ order }: { readonly order: OrderView }) {
  const { timeZone } = useTill();
  return (
    <div className={styles.give}>
      <p>
        {order.customerName ?? t("till.collections.nameless")} · {t(`ui.channel.${order.channelKind}`)} ·{" "}
        <time dateTime={order.placedAt}>{formatDateTime(order.placedAt, { timeZone })}</time>
      </p>
      <ul className={styles.lines}>
        {order.lines.map(({ id, ordered, canceled, name, note }) => (
          <li key={id}>
            <b>{ordered - canceled}</b> {textOf(name)}
            {note === undefined ? null : <em> {note}</em>}
          </li>
        ))}
      </ul>
      {order.note === undefined ? null : <p className={styles.note}>{order.note}</p>}
      <ul className={styles.lines}>
        {order.fulfillments.map(({ id, placeName, state, lines }) => (
          <li key={id}>
            {t("till.collections.at_place", { store: placeName, state: t(`till.collections.state.${state}`) })}
            {order.fulfillments.length > 1 ? (
              <small>{lines.map(({ quantity, name }) => `${quantity} × ${textOf(name)}`).join(", ")}</small>
            ) : null}
          </li>
        ))}
      </ul>
      <p className={order.due.amount > 0 ? styles.due : undefined}>
        {order.due.amount > 0
          ? t("till.collections.due", { amount: formatMoney(order.due) })
          : order.onAccount.amount > 0
            ? t("till.collections.on_account")
            : order.authorized.amount > 0
              ? t("till.collections.authorized")
              : t("till.collections.paid", { amount: formatMoney(order.paid) })}
      </p>
      <ChangeOrder api={api} order={order} textOf={textOf} ways={payWays()} offersLink />
      <ChangeWay order={order} />
    </div>
  );
}
