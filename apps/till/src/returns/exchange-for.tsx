import type { ReturnOfferView, TenderInput } from "@weft/contracts/client";
import type { Money } from "@weft/kernel";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { cashRounding } from "../../../../hub/src/modules/payments/domain.ts";
import { likelyCash } from "../../../../hub/src/modules/till/domain/index.ts";
import { useTill } from "../device/till-context.ts";
import { cashFor } from "../pay/cash-for.ts";
import { useCardWay } from "../pay/card-way.ts";
import { useCart } from "../ticket/use-cart.ts";
import { useTicket } from "../ticket/ticket.ts";
import { t } from "../t.ts";
import { differenceOf, isExchangeable } from "./exchange.ts";
import styles from "./returns.module.css";

type ExchangeForProps = {
  readonly refund: NonNullable<ReturnOfferView["refund"]>;
  readonly isReady: boolean;
  readonly isPending: boolean;
  readonly onExchange: (total: Money, tender: TenderInput) => void;
};

/** What is on the ticket goes out for what comes back: only the difference is paid or given back. */
export function ExchangeFor({ refund, isReady, isPending, onExchange }: ExchangeForProps) {
  const { cart: held, pending } = useTicket();
  const cart = useCart().data;
  const step = useTill().register.cashRounding;
  // A reader is asked outside, and an exchange is one transaction: its difference is paid in cash there.
  const { token, isTest } = useCardWay();
  const total = held && cart && cart.lines.length > 0 ? cart.totals.total : null;
  if (total === null) return <p className={styles.quiet}>{t("till.exchange.hint")}</p>;
  if (!isExchangeable(refund)) return <p className={styles.quiet}>{t("till.exchange.not_money")}</p>;
  const difference = differenceOf(refund, total);
  const { currency } = total;
  const rounding = cashRounding(Math.max(0, difference), step);
  const isOpen = isReady && pending.length === 0 && !isPending;
  const text = (amount: number) => formatMoney({ amount, currency });
  return (
    <div className={styles.exchange} role="group" aria-labelledby="exchange-title">
      <h3 id="exchange-title">{t("till.exchange.title", { total: formatMoney(total) })}</h3>
      {difference > 0 ? (
        <>
          <p aria-live="polite">{t("till.exchange.to_pay", { amount: text(difference) })}</p>
          {rounding === 0 ? null : <p>{t("till.pay.in_cash", { amount: text(difference + rounding) })}</p>}
          {likelyCash(difference + rounding, currency).map((received) => (
            <Button key={received} disabled={!isOpen} onClick={() => onExchange(total, { ...cashFor(difference, step), received })}>
              {t("till.exchange.cash", { amount: text(received) })}
            </Button>
          ))}
          {isTest && token !== null ? (
            <Button disabled={!isOpen} onClick={() => onExchange(total, { kind: "card", amount: difference, token })}>
              {t("till.exchange.card", { amount: text(difference) })}
            </Button>
          ) : null}
        </>
      ) : (
        <Button disabled={!isOpen} onClick={() => onExchange(total, { kind: "cash", amount: 0 })}>
          {difference === 0
            ? t("till.exchange.even")
            : t("till.exchange.give", { amount: text(-difference + cashRounding(-difference, step)) })}
        </Button>
      )}
    </div>
  );
}
