import type { OrderSummaryView } from "@weft/contracts/client";
import { ChannelIcon, channelName } from "@weft/ui/kit/channel-icon.tsx";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import type { Column } from "../common/data-table.tsx";
import { inLanguage, plainAmount } from "../common/text.ts";
import { t } from "../t.ts";
import styles from "./orders.module.css";
import { FulfillmentBadge, OrderBadge, PaymentBadge, stateText } from "./states.tsx";

/** The columns of orders, the same wherever they are listed. Made anew when asked, because their names are in the reader's language. */
export function orderColumns({ withCustomer = true }: { readonly withCustomer?: boolean } = {}): Column<OrderSummaryView>[] {
  const columns: Column<OrderSummaryView>[] = [
    {
      key: "number",
      label: t("office.orders.number"),
      cell: ({ number, sourceNumber }) => <span className={styles.number}>{sourceNumber ?? number}</span>,
      text: ({ number, sourceNumber }) => sourceNumber ?? number,
    },
    {
      key: "placed",
      label: t("office.orders.placed"),
      isMinor: "on a phone",
      cell: ({ placedAt }) => <TimeAgo at={placedAt} />,
      text: ({ placedAt }) => placedAt,
    },
    {
      key: "channel",
      label: t("office.orders.channel"),
      isMinor: "on a phone",
      cell: ({ channelKind }) => <ChannelIcon kind={channelKind} />,
      text: ({ channelKind }) => channelName(channelKind),
    },
    {
      key: "place",
      label: t("office.orders.place"),
      isMinor: true,
      cell: ({ placeName }) => placeName,
      text: ({ placeName }) => placeName,
    },
    {
      key: "customer",
      label: t("office.orders.customer"),
      isMinor: true,
      cell: ({ customerName }) => customerName ?? t("office.orders.guest"),
      text: ({ customerName }) => customerName,
    },
    {
      key: "items",
      label: t("office.orders.items"),
      isMinor: true,
      cell: ({ firstItems, itemCount }) => itemsText(firstItems.map(inLanguage), itemCount),
      text: ({ itemCount }) => itemCount,
    },
    {
      key: "state",
      label: t("office.orders.state"),
      cell: (order) => <States order={order} />,
      text: ({ state, paymentState, fulfillmentState }) => stateText(state, paymentState, fulfillmentState),
    },
    {
      key: "total",
      label: t("office.orders.total"),
      align: "end",
      cell: ({ total }) => <MoneyText money={total} />,
      text: ({ total }) => plainAmount(total),
    },
    { key: "currency", label: t("office.orders.currency"), text: ({ total }) => total.currency },
  ];
  return columns.filter(({ key }) => withCustomer || key !== "customer");
}

function States({ order }: { readonly order: OrderSummaryView }) {
  if (order.state === "canceled") return <OrderBadge state="canceled" />;
  return (
    <span className={styles.states}>
      <PaymentBadge state={order.paymentState} />
      <FulfillmentBadge state={order.fulfillmentState} />
    </span>
  );
}

function itemsText(names: readonly string[], count: number): string {
  return names.length === 0 ? String(count) : t("office.orders.items_say", { count, names: names.slice(0, 2).join(", ") });
}
