import { queryOptions, useQuery } from "@tanstack/react-query";
import type { OrderView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { formatBusinessDate, formatDateTime, formatNumber } from "@weft/ui/i18n/format.ts";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { PageLink } from "../common/page-link.tsx";
import { api } from "../api.ts";
import { Beside, Part } from "../common/beside.tsx";
import { Fact, Facts } from "../common/facts.tsx";
import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";
import { OrderReturns } from "../returns/order-returns.tsx";
import { OrderDisputes } from "./disputes.tsx";
import { OrderDocuments } from "./documents.tsx";
import { OrderFulfillments } from "./fulfillments.tsx";
import { ChangeForCustomer, Versions } from "./change-order.tsx";
import { OrderActions } from "./order-actions.tsx";
import { OrderLines } from "./order-lines.tsx";
import styles from "./orders.module.css";
import { FulfillmentBadge, OrderBadge, PaymentBadge } from "./states.tsx";

const orderQuery = (id: string) =>
  queryOptions({ queryKey: ["order", id], queryFn: ({ signal }) => api.ask("orders.read", { params: { id }, signal }) });

/** One order as it stands, live: what was bought and why at this price, how it is paid, who helped, where it is. */
export function OrderBeside({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const order = useQuery(orderQuery(id));
  useLive(`order/${id}`);
  if (order.isPending)
    return (
      <Beside title={t("office.nav.orders")} onClose={onClose}>
        <ScreenSkeleton />
      </Beside>
    );
  if (order.isError)
    return (
      <Beside title={t("office.nav.orders")} onClose={onClose}>
        <ProblemNote error={order.error} onRetry={order.refetch} />
      </Beside>
    );
  return (
    <Beside title={<Title order={order.data} />} onClose={onClose}>
      <About order={order.data} />
      <OrderActions order={order.data} />
      <ChangeForCustomer order={order.data} />
      <Part title={t("office.order.lines")}>
        <OrderLines order={order.data} />
      </Part>
      <Tenders order={order.data} />
      <OrderDisputes order={order.data} />
      <Versions order={order.data} />
      <OrderDocuments order={order.data} />
      <OrderReturns order={order.data} />
      {order.data.fulfillments.length === 0 ? null : <OrderFulfillments order={order.data} />}
      <Contributions order={order.data} />
    </Beside>
  );
}

function Title({ order }: { readonly order: OrderView }) {
  return (
    <span className={styles.title}>
      {order.sourceNumber ?? order.number}
      <OrderBadge state={order.state} />
      <PaymentBadge state={order.paymentState} />
      <FulfillmentBadge state={order.fulfillmentState} />
    </span>
  );
}

function About({ order }: { readonly order: OrderView }) {
  return (
    <Facts>
      <Fact label={t("office.orders.customer")}>
        {order.customerId === null ? (
          (order.customerName ?? t("office.orders.guest"))
        ) : (
          <PageLink to="/customers/$id" params={{ id: order.customerId }}>
            {order.customerName ?? t("office.customer.unnamed")}
          </PageLink>
        )}
      </Fact>
      <Fact label={t("office.order.company")}>
        {order.company ? (
          <>
            <PageLink to="/companies/$id" params={{ id: order.company.id }}>
              {order.company.name}
            </PageLink>
            {order.company.vatNumber === null ? null : ` · ${order.company.vatNumber}`}
          </>
        ) : null}
      </Fact>
      <Fact label={t("office.orders.channel")}>
        <ChannelIcon kind={order.channelKind} named size={16} />
      </Fact>
      <Fact label={t("office.orders.place")}>{order.placeName}</Fact>
      <Fact label={t("office.orders.placed")}>{formatDateTime(order.placedAt, { timeZone: order.timeZone })}</Fact>
      <Fact label={t("office.order.business_date")}>{formatBusinessDate(order.businessDate)}</Fact>
      {order.mode === "live" ? null : <Fact label={t("office.order.mode")}>{t(`office.order.mode.${order.mode}`)}</Fact>}
      {order.receipt ? <Fact label={t("office.order.receipt")}>{`${order.receipt.number} · ${order.receipt.registerName}`}</Fact> : null}
      {order.pointsEarned > 0 ? (
        <Fact label={t("office.customer.points")}>{formatNumber(order.pointsEarned, { signDisplay: "always" })}</Fact>
      ) : null}
    </Facts>
  );
}

function Tenders({ order }: { readonly order: OrderView }) {
  return (
    <Part title={t("office.order.tenders")}>
      <ul className={styles.rows}>
        {order.tenders.map((tender) => (
          <li key={tender.id}>
            <span>
              {wordOf(`office.tender.${tender.kind}`, tender.kind)}
              {tender.detail === null ? null : <small> {tender.detail}</small>}
            </span>
            <Badge tone={tender.state === "failed" ? "bad" : tender.state === "due" ? "warn" : "plain"}>
              {wordOf(`office.tender.state.${tender.state}`, tender.state)}
            </Badge>
            <MoneyText money={tender.amount} />
          </li>
        ))}
      </ul>
      {order.onAccount.amount > 0 ? (
        <p className={styles.due}>
          <span>{t("office.order.on_account")}</span>
          <MoneyText money={order.onAccount} />
        </p>
      ) : null}
      {order.authorized.amount > 0 ? (
        <p className={styles.due}>
          <span>{t("office.order.authorized")}</span>
          <MoneyText money={order.authorized} />
        </p>
      ) : null}
      {order.due.amount > 0 ? (
        <p className={styles.due}>
          <span>{t("office.order.due")}</span>
          <MoneyText money={order.due} />
        </p>
      ) : null}
    </Part>
  );
}

function Contributions({ order }: { readonly order: OrderView }) {
  if (order.contributions.length === 0) return null;
  return (
    <Part title={t("office.order.contributions")}>
      <ul className={styles.rows}>
        {order.contributions.map((step) => (
          <li key={`${step.step} ${step.at}`}>
            <ChannelIcon kind={step.channelKind} size={16} />
            <span>
              {t(`office.order.step.${step.step}`)}
              <small> {[step.placeName, step.staffName].filter(Boolean).join(" · ")}</small>
            </span>
            <time dateTime={step.at}>{formatDateTime(step.at, { timeZone: order.timeZone, style: "short" })}</time>
          </li>
        ))}
      </ul>
    </Part>
  );
}
