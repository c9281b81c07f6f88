import { queryOptions, useQuery } from "@tanstack/react-query";
import type { ReceiptView } from "@weft/contracts/client";
import { formatDate, formatMoney } from "@weft/ui/i18n/format.ts";
import { QrCode } from "@weft/ui/kit/qr-code.tsx";
import { api } from "../api.ts";
import { t } from "../t.ts";
import styles from "./gift-cards.module.css";

/** The cards of a sale with their codes. */
export const giftCardsQuery = (id: string) =>
  queryOptions({
    queryKey: ["order-gift-cards", id],
    queryFn: ({ signal }) => api.ask("orders.giftCards", { params: { id }, signal }),
  });

/** Whether a sale sold gift cards, whose codes have to get to the customer. */
export const sellsGiftCards = (receipt: Pick<ReceiptView, "lines"> | undefined): boolean =>
  receipt?.lines.some(({ isGiftCard }) => isGiftCard) ?? false;

/** The gift cards that a sale sold, each with its code until it is first used: on the paper, which is the card. And those that it topped up, with what they hold now. */
export function GiftCardsSold({ receipt }: { readonly receipt: ReceiptView }) {
  const cards = useQuery({ ...giftCardsQuery(receipt.orderId), enabled: sellsGiftCards(receipt) });
  const toppedUp = cards.data?.toppedUp.map(({ orderLineId, last4, amount, left, expiresAt }) => (
    <section key={orderLineId} className={styles.card} aria-label={t("till.top_up.line", { last4 })}>
      <p>{t("till.top_up.line", { last4 })}</p>
      <strong>{t("till.top_up.now", { amount: formatMoney(amount), left: formatMoney(left) })}</strong>
      {expiresAt === null ? null : <p>{untilText(expiresAt, receipt.timeZone)}</p>}
    </section>
  ));
  const sold = cards.data?.cards.map(({ cardId, code, shown, last4, amount, expiresAt }) => (
    <section key={cardId} className={styles.card} aria-label={t("till.gift_card.of", { amount: formatMoney(amount) })}>
      <p>{t("till.gift_card.of", { amount: formatMoney(amount) })}</p>
      {code === null ? null : <QrCode text={shown ?? code} label={t("till.gift_card.qr")} size={184} />}
      <strong>{code ?? t("till.gift_card.masked", { last4 })}</strong>
      {expiresAt === null ? null : <p>{untilText(expiresAt, receipt.timeZone)}</p>}
    </section>
  ));
  return (
    <>
      {sold}
      {toppedUp}
    </>
  );
}

/** It ends as a day begins: the one before is the last on which it can be spent. */
const untilText = (expiresAt: string, timeZone: string): string =>
  t("till.gift_card.until", { day: formatDate(new Date(Date.parse(expiresAt) - 1), { timeZone }) });
