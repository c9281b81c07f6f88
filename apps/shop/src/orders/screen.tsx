import { useInfiniteQuery, useQueries } from "@tanstack/react-query";
import type { OrderSummaryView } from "@weft/contracts/client";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import { useCustomer } from "../customer/session.ts";
import { readKept } from "../kept.ts";
import { orderQuery } from "../order/order-query.ts";
import { Link } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { Narrow } from "../shared/narrow.tsx";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { stateOf, toneOf } from "./order-state.ts";
import styles from "./orders.module.css";

/** All orders of the customer, on whatever channel they were placed; a visitor sees those of this browser. */
export function OrdersScreen() {
  const customer = useCustomer();
  return (
    <Narrow title={t("shop.orders.title")}>{customer ? <CustomerOrders customerId={customer.customerId} /> : <BrowserOrders />}</Narrow>
  );
}

function CustomerOrders({ customerId }: { readonly customerId: string }) {
  const orders = useInfiniteQuery({
    queryKey: ["customer", customerId, "orders"],
    queryFn: ({ pageParam, signal }) =>
      api.ask("orders.ofCustomer", { params: { id: "me" }, query: { limit: 20, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined, // the first page has no cursor
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  if (orders.isError) return <ProblemNote error={orders.error} onRetry={orders.refetch} />;
  if (!orders.data) return <ScreenSkeleton />;
  const items = orders.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <NoOrders />;
  return (
    <>
      <ul className={styles.orders}>
        {items.map((order) => (
          <OrderRow key={order.id} order={order} />
        ))}
      </ul>
      {orders.hasNextPage ? (
        <Button busy={orders.isFetchingNextPage} onClick={() => void orders.fetchNextPage()}>
          {t("shop.orders.more")}
        </Button>
      ) : null}
    </>
  );
}

function OrderRow({ order }: { readonly order: OrderSummaryView }) {
  const state = stateOf(order);
  return (
    <li className={styles.order}>
      <ChannelIcon kind={order.channelKind} size={22} />
      <div>
        <Link to={pathTo("order", { id: order.id })}>
          {order.firstItems.map(inLanguage).join(", ") || t("shop.order.number", { number: order.number })}
        </Link>
        <p className={styles.quiet}>
          <time dateTime={order.placedAt}>{formatDateTime(order.placedAt, { timeZone: order.timeZone })}</time>
          {order.placeName === null ? null : ` · ${order.placeName}`}
        </p>
        {state === "done" ? null : <Badge tone={toneOf(state)}>{t(`shop.orders.state.${state}`)}</Badge>}
      </div>
      <span className={styles.total}>{formatMoney(order.total)}</span>
    </li>
  );
}

function BrowserOrders() {
  const kept = readKept("orders") ?? [];
  const orders = useQueries({ queries: kept.map(({ id }) => orderQuery(id)) });
  const found = orders.flatMap(({ data }) => data ?? []);
  return (
    <>
      <p className={styles.quiet}>
        {t("shop.orders.sign_in_hint")} <Link to={`${pathTo("signIn")}?next=${pathTo("orders")}`}>{t("shop.sign_in.title")}</Link>
      </p>
      {kept.length === 0 ? <NoOrders /> : null}
      <ul className={styles.orders}>
        {found.map((order) => (
          <li key={order.id} className={styles.order}>
            <ChannelIcon kind={order.channelKind} size={22} />
            <div>
              <Link to={pathTo("order", { id: order.id })}>{order.lines.map(({ name }) => inLanguage(name)).join(", ")}</Link>
              <p className={styles.quiet}>
                <time dateTime={order.placedAt}>{formatDateTime(order.placedAt, { timeZone: order.timeZone })}</time>
              </p>
            </div>
            <span className={styles.total}>{formatMoney(order.total)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function NoOrders() {
  return (
    <EmptyState title={t("shop.orders.none")} text={t("shop.orders.none_hint")}>
      <Link to={pathTo("menu")}>{t("shop.cart.to_menu")}</Link>
    </EmptyState>
  );
}
