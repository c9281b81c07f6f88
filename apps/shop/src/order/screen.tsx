import { Fragment } from "react";
import { useQuery } from "@tanstack/react-query";
import type { OrderView } from "@weft/contracts/client";
import { depositText } from "@weft/ui/app/deposit.ts";
import { goodsTotal } from "@weft/ui/app/goods-total.ts";
import { useLive } from "@weft/ui/api/context.tsx";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useCustomer } from "../customer/session.ts";
import { OrderReturns } from "../returns/order-returns.tsx";
import { Link } from "../router/router.tsx";
import type { ScreenProps } from "../router/route.ts";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { CancelOrder } from "./cancel-order.tsx";
import { ChangeAddress } from "./change-address.tsx";
import { ChangeOwnOrder, OwnOrderVersions } from "./change-order.tsx";
import { Documents } from "./documents.tsx";
import { CollectCode } from "./collect-code.tsx";
import { GiftCards } from "./gift-cards.tsx";
import { orderQuery, orderToken } from "./order-query.ts";
import { Parcels } from "./parcel.tsx";
import { PayDue } from "./pay-due.tsx";
import { Progress } from "./progress.tsx";
import { changesOf, stepOf } from "./progress.ts";
import { SendReceipt } from "./send-receipt.tsx";
import { SwitchWay } from "./switch-way.tsx";
import styles from "./order.module.css";

/** An order as it goes through the store, until it is in the customer's hand. */
export function OrderScreen({ params: { id } }: ScreenProps<"/orders/:id">) {
  const order = useQuery(orderQuery(id));
  useLive(`order/${id}`, orderToken(id));
  if (order.isError && !order.data) return <ProblemNote error={order.error} onRetry={order.refetch} />;
  if (!order.data) return <ScreenSkeleton />;
  return <Order order={order.data} />;
}

function Order({ order }: { readonly order: OrderView }) {
  const customer = useCustomer();
  const isForGift = isGiftCardsOnly(order);
  // A gift card is on no way: it is there as soon as it is paid.
  const step = isForGift ? null : stepOf(order);
  return (
    <section className={styles.order} aria-labelledby="order-title">
      <header>
        <p className={styles.quiet}>
          {t("shop.order.number", { number: order.number })} ·{" "}
          <time dateTime={order.placedAt}>{formatDateTime(order.placedAt, { timeZone: order.timeZone })}</time>
        </p>
        <h1 id="order-title" aria-live="polite">
          {t(`shop.order.title.${isBack(order) ? "returned" : (step ?? (isForGift ? "gift_card" : "canceled"))}`)}
        </h1>
        {order.company ? (
          <p>{[t("shop.order.company", { name: order.company.name }), order.company.vatNumber].filter(Boolean).join(" · ")}</p>
        ) : null}
        {order.placeName === null || isShipped(order) ? null : <p>{order.placeName}</p>}
      </header>
      {step === null ? null : <Progress order={order} step={step} />}
      <Changes order={order} />
      <PayDue order={order} />
      {order.fulfillments.map((fulfillment) => (
        <CollectCode key={fulfillment.id} fulfillment={fulfillment} timeZone={order.timeZone} isPart={order.fulfillments.length > 1} />
      ))}
      <Parcels fulfillments={order.fulfillments} />
      <GiftCards order={order} />
      <Lines order={order} />
      {order.note === undefined ? null : (
        <p>
          <q>{order.note}</q>
        </p>
      )}
      {isForGift ? null : <OrderReturns order={order} />}
      <OwnOrderVersions order={order} />
      <Documents order={order} />
      <div className={styles.actions}>
        <SendReceipt orderId={order.id} />
        <ChangeOwnOrder order={order} />
        <ChangeAddress order={order} />
        <SwitchWay order={order} />
        <CancelOrder order={order} />
        <Link to={pathTo("menu")}>{t("shop.order.to_menu")}</Link>
        {customer ? (
          <Link to={pathTo("orders")}>{t("shop.order.to_orders")}</Link>
        ) : (
          <Link to={pathTo("signIn")}>{t("shop.order.sign_in")}</Link>
        )}
      </div>
    </section>
  );
}

/** Nothing of it has to be made or fetched. */
const isGiftCardsOnly = ({ lines, state }: OrderView): boolean => state !== "canceled" && lines.every(({ isGiftCard }) => isGiftCard);

/** Nothing of it stayed with its customer. */
function isBack({ lines, state }: OrderView): boolean {
  const goods = lines.filter(({ kind, ordered, canceled }) => kind === "goods" && ordered > canceled);
  return state !== "canceled" && goods.length > 0 && goods.every(({ ordered, canceled, returned }) => returned === ordered - canceled);
}

/** From where a parcel leaves is nothing that its customer has to know. */
const isShipped = ({ fulfillments }: OrderView): boolean => fulfillments.some(({ kind }) => kind === "ship");

/** What was not served: where it is instead, or that its money goes back. */
function Changes({ order }: { readonly order: OrderView }) {
  const changes = changesOf(order);
  if (changes.length === 0) return null;
  return (
    <ul className={styles.changes} role="status">
      {changes.map(({ orderLineId, quantity, store, name, isWish, isSent, waits }) => {
        const what = t("shop.checkout.line", { count: quantity, name: name ? inLanguage(name) : "" });
        return (
          <li key={`${orderLineId} ${store} ${isWish}`}>
            {store === null
              ? t(isWish ? "shop.order.left" : "shop.order.given_up", { what })
              : waits
                ? t("shop.order.late", { what })
                : t(isSent ? "shop.order.moved_parcel" : "shop.order.moved", { what, store })}
          </li>
        );
      })}
    </ul>
  );
}

function Lines({ order }: { readonly order: OrderView }) {
  const tips = order.tenders.filter(({ tip, state }) => tip && (state === "captured" || state === "authorized"));
  return (
    <div className={styles.lines}>
      <ul>
        {standing(order).map((line) => (
          <li key={line.id}>
            <span>
              {line.kind === "delivery"
                ? inLanguage(line.name)
                : t("shop.checkout.line", {
                    count: order.state === "canceled" ? line.ordered : line.ordered - line.canceled,
                    name: inLanguage(line.name),
                  })}
              {line.options.length > 0 ? <small>{line.options.map((option) => inLanguage(option.name)).join(" · ")}</small> : null}
              {line.note === undefined ? null : (
                <small>
                  <q>{line.note}</q>
                </small>
              )}
              {line.deposit ? <small>{depositText(line.deposit)}</small> : null}
              {line.returned > 0 && line.kind === "goods" ? <small>{t("shop.order.returned", { count: line.returned })}</small> : null}
            </span>
            <span>{line.kind === "delivery" && line.total.amount === 0 ? t("shop.checkout.free") : formatMoney(goodsTotal(line))}</span>
          </li>
        ))}
      </ul>
      <dl>
        <dt>{t("shop.totals.total")}</dt>
        <dd>{formatMoney(order.total)}</dd>
        {tips.map(({ id, tip }) => (
          <Fragment key={id}>
            <dt>{t("shop.order.tip")}</dt>
            <dd>{tip ? formatMoney(tip) : null}</dd>
          </Fragment>
        ))}
        {order.state !== "canceled" && order.canceledAmount.amount > 0 ? (
          <>
            <dt>{t("shop.order.canceled")}</dt>
            <dd>−{formatMoney(order.canceledAmount)}</dd>
          </>
        ) : null}
        {order.returnedAmount.amount > 0 ? (
          <>
            <dt>{t("shop.order.came_back")}</dt>
            <dd>−{formatMoney(order.returnedAmount)}</dd>
          </>
        ) : null}
        {order.onAccount.amount > 0 ? (
          <>
            <dt>{t("shop.order.on_account")}</dt>
            <dd>{formatMoney(order.onAccount)}</dd>
          </>
        ) : null}
        {order.authorized.amount > 0 ? (
          <>
            <dt>
              {t("shop.order.authorized")}
              <small>{t("shop.order.authorized_hint")}</small>
            </dt>
            <dd>{formatMoney(order.authorized)}</dd>
          </>
        ) : null}
        {order.due.amount > 0 ? (
          <>
            <dt>{t("shop.order.due")}</dt>
            <dd>{formatMoney(order.due)}</dd>
          </>
        ) : null}
        {order.pointsEarned > 0 && !isBack(order) ? (
          <>
            <dt>{t("shop.order.points")}</dt>
            <dd>+{order.pointsEarned}</dd>
          </>
        ) : null}
      </dl>
    </div>
  );
}

/** The lines of which something is left; all of a canceled order, which is shown as it was. */
function standing({ lines, state }: OrderView): OrderView["lines"] {
  return state === "canceled" ? lines : lines.filter(({ ordered, canceled }) => ordered > canceled);
}
