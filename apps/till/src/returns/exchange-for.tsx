import type { ReturnOfferView, TenderInput } from "@weft/contracts/client";
import type { Money } from "@weft/kernel";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { cashRounding } from "../../../../hub/src/modules/payments/domain.ts";
import { useTill } from "../device/till-context.ts";
import { holdsMoney, usePayment } from "../pay/payment.ts";
import { useSentBefore } from "../pay/use-sent-before.ts";
import { Waiting } from "../pay/waiting.tsx";
import { useCart } from "../ticket/use-cart.ts";
import { useTicket } from "../ticket/ticket.ts";
import { t } from "../t.ts";
import { differenceOf, isExchangeable } from "./exchange.ts";
import { PayDifference } from "./pay-difference.tsx";
import styles from "./returns.module.css";

type ExchangeForProps = {
  readonly refund: NonNullable<ReturnOfferView["refund"]>;
  readonly isReady: boolean;
  readonly isPending: boolean;
  readonly onExchange: (total: Money, tender: TenderInput | null) => void;
};

/** What is on the ticket goes out for what comes back: only the difference is paid or given back. */
export function ExchangeFor({ refund, isReady, isPending, onExchange }: ExchangeForProps) {
  const { key, cart: held, pending } = useTicket();
  const payment = usePayment(key);
  const cart = useCart().data;
  const step = useTill().register.cashRounding;
  const before = useSentBefore(isPending);
  const total = held && cart && cart.lines.length > 0 ? cart.totals.total : null;
  if (isPending || before.kind === "waiting") return <Waiting />;
  if (total === null || before.kind === "sold") return <p className={styles.quiet}>{t("till.exchange.hint")}</p>;
  if (!isExchangeable(refund)) return <p className={styles.quiet}>{t("till.exchange.not_money")}</p>;
  const difference = { ...total, amount: differenceOf(refund, total) };
  const isOpen = isReady && pending.length === 0;
  return (
    <div className={styles.exchange} role="group" aria-labelledby="exchange-title">
      <h3 id="exchange-title">{t("till.exchange.title", { total: formatMoney(total) })}</h3>
      {difference.amount > 0 || holdsMoney(payment) ? (
        <PayDifference key={key} difference={difference} isOpen={isOpen} onPay={(tender) => onExchange(total, tender)} />
      ) : (
        <Button disabled={!isOpen} onClick={() => onExchange(total, { kind: "cash", amount: 0 })}>
          {difference.amount === 0
            ? t("till.exchange.even")
            : t("till.exchange.give", {
                amount: formatMoney({ ...total, amount: -difference.amount + cashRounding(-difference.amount, step) }),
              })}
        </Button>
      )}
    </div>
  );
}
