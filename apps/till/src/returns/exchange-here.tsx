import type { TenderInput } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { cashRounding } from "../../../../hub/src/modules/payments/domain.ts";
import type { PlannedReturn } from "../../../../hub/src/modules/returns/domain/index.ts";
import { exchangeHere, likelyCash, type ExchangeHere, type PricedTicket } from "../../../../hub/src/modules/till/domain/index.ts";
import { useTill } from "../device/till-context.ts";
import type { OwnSold } from "../local/own-return.ts";
import { cashFor } from "../pay/cash-for.ts";
import { ownSale } from "../pay/record-sale.ts";
import { useCart } from "../ticket/use-cart.ts";
import { t } from "../t.ts";
import styles from "./returns.module.css";

type Cash = Extract<TenderInput, { kind: "cash" }>;
type ExchangeOnHereProps = {
  readonly own: OwnSold;
  readonly plan: PlannedReturn;
  readonly isReady: boolean;
  readonly onExchange: (out: PricedTicket, agreed: ExchangeHere, cash: Cash | null) => void;
};

/** What is on the ticket goes out for goods of an own sale, while the hub cannot be asked: the difference is cash [TIL-55]. */
export function ExchangeOnHere({ own, plan, isReady, onExchange }: ExchangeOnHereProps) {
  const cart = useCart().data;
  const { cashRounding: step } = useTill().register;
  if (!cart || cart.lines.length === 0) return <p className={styles.quiet}>{t("till.exchange.hint")}</p>;
  const out = ownSale(cart, []);
  if (!out) return <p className={styles.quiet}>{t("till.exchange.needs_hub")}</p>;
  const { total } = out.view.totals;
  const agreed = exchangeHere(own.sale, plan, { total: total.amount, cashStep: step });
  if (typeof agreed === "string") return <p className={styles.quiet}>{t(`till.exchange.${agreed}`)}</p>;
  const { difference, rounding } = agreed;
  const text = (amount: number) => formatMoney({ amount, currency: total.currency });
  const inCash = Math.max(0, difference) + cashRounding(Math.max(0, difference), step);
  return (
    <div className={styles.exchange} role="group" aria-labelledby="exchange-title">
      <h3 id="exchange-title">{t("till.exchange.title", { total: formatMoney(total) })}</h3>
      {difference > 0 ? (
        <>
          <p aria-live="polite">{t("till.exchange.to_pay", { amount: text(difference) })}</p>
          {inCash === difference ? null : <p>{t("till.pay.in_cash", { amount: text(inCash) })}</p>}
          {likelyCash(inCash, total.currency).map((received) => (
            <Button key={received} disabled={!isReady} onClick={() => onExchange(out, agreed, { ...cashFor(difference, step), received })}>
              {t("till.exchange.cash", { amount: text(received) })}
            </Button>
          ))}
        </>
      ) : (
        <Button disabled={!isReady} onClick={() => onExchange(out, agreed, null)}>
          {difference === 0 ? t("till.exchange.even") : t("till.exchange.give", { amount: text(-difference - rounding) })}
        </Button>
      )}
    </div>
  );
}
