import { queryOptions, useQuery } from "@tanstack/react-query";
import type { OrderView } from "@weft/contracts/client";
import { formatDate, formatMoney } from "@weft/ui/i18n/format.ts";
import { QrCode } from "@weft/ui/kit/qr-code.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api, tokenHeader } from "../api.ts";
import { t } from "../t.ts";
import { orderToken } from "./order-query.ts";
import styles from "./order.module.css";

const giftCardsQuery = ({ id, version }: OrderView) =>
  queryOptions({
    queryKey: ["order-gift-cards", id, version],
    queryFn: ({ signal }) => api.ask("orders.giftCards", { params: { id }, signal, headers: tokenHeader(orderToken(id) ?? null) ?? {} }),
  });

/** The gift cards that the order bought: each with its code until it is first used, to be given away. And those that it topped up. */
export function GiftCards({ order }: { readonly order: OrderView }) {
  const sells = order.lines.some(({ isGiftCard }) => isGiftCard);
  const cards = useQuery({ ...giftCardsQuery(order), enabled: sells });
  if (!sells) return null;
  if (cards.isError) return <ProblemNote error={cards.error} onRetry={cards.refetch} />;
  return (
    <>
      {cards.data?.cards.map(({ cardId, code, shown, last4, amount, left, isBlocked, expiresAt }) => (
        <div key={cardId} className={styles.collect}>
          {code === null ? null : <QrCode text={shown ?? code} label={t("shop.gift_card.qr")} size={shown === code ? 148 : 232} />}
          <div>
            <p>{t("shop.gift_card.of", { amount: formatMoney(amount) })}</p>
            <output className={styles.giftCode}>{code ?? t("shop.gift_card.masked", { last4 })}</output>
            <p className={styles.quiet}>
              {isBlocked
                ? t("shop.gift_card.blocked")
                : code === null
                  ? t("shop.gift_card.left", { amount: formatMoney(left) })
                  : t("shop.gift_card.give")}
            </p>
            {expiresAt === null ? null : (
              <p className={styles.quiet}>{t("shop.gift_card.until", { day: lastDay(expiresAt, order.timeZone) })}</p>
            )}
          </div>
        </div>
      ))}
      {cards.data?.toppedUp.map(({ orderLineId, last4, amount, left, expiresAt }) => (
        <div key={orderLineId} className={styles.collect}>
          <div>
            <p>{t("shop.top_up.line", { last4, amount: formatMoney(amount) })}</p>
            <p className={styles.quiet}>{t("shop.gift_card.left", { amount: formatMoney(left) })}</p>
            {expiresAt === null ? null : (
              <p className={styles.quiet}>{t("shop.gift_card.until", { day: lastDay(expiresAt, order.timeZone) })}</p>
            )}
          </div>
        </div>
      ))}
    </>
  );
}

/** It ends as a day begins: the one before is the last on which it can be spent. */
const lastDay = (expiresAt: string, timeZone: string): string =>
  formatDate(new Date(Date.parse(expiresAt) - 1).toISOString(), { timeZone });
