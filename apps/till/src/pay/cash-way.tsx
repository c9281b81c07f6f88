import type { TenderInput } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { cashRounding } from "../../../../hub/src/modules/payments/domain.ts";
import { likelyCash } from "../../../../hub/src/modules/till/domain/index.ts";
import { useTill } from "../device/till-context.ts";
import { once } from "../common/once.ts";
import { t } from "../t.ts";
import { CashPad } from "./cash-pad.tsx";
import styles from "./pay.module.css";

type CashWayProps = {
  /** What is paid now and the tip on it, in minor units; null until it is known. */
  readonly now: number | null;
  readonly tip: number;
  readonly onPay: (tenderFor: (amount: number) => TenderInput) => void;
  /** Nothing is left to be paid. */
  readonly onFinish: () => void;
};

/** Cash by one tap when it is exact or a likely note, else by any amount. */
export function CashWay({ now, tip, onPay, onFinish }: CashWayProps) {
  const { currency, register } = useTill();
  // What is paid in coins, where cash is rounded.
  const rounding = cashRounding(now ?? 0, register.cashRounding);
  const inCash = (now ?? 0) + rounding + tip;
  const cash = (received: number): void =>
    onPay((amount) => ({ kind: "cash", amount, received, ...(rounding !== 0 && { rounding }), ...(tip > 0 && { tip }) }));
  return (
    <section className={styles.way} aria-labelledby="cash-title">
      <h2 id="cash-title">{t("till.pay.cash")}</h2>
      {now === 0 ? (
        <Button kind="primary" wide onClick={onFinish}>
          {t("till.pay.all_paid")}
        </Button>
      ) : null}
      {now !== null && now > 0 ? (
        <>
          {rounding === 0 ? null : (
            <p className={styles.rounded}>
              {t("till.pay.rounded", { amount: formatMoney({ amount: inCash, currency }), rounding: signed(rounding, currency) })}
            </p>
          )}
          <div className={styles.quick}>
            {likelyCash(inCash, currency).map((amount) => (
              <Button key={amount} kind={amount === inCash ? "primary" : "secondary"} onClick={once(() => cash(amount))}>
                {amount === inCash ? t("till.pay.exact", { amount: formatMoney({ amount, currency }) }) : formatMoney({ amount, currency })}
              </Button>
            ))}
          </div>
          <CashPad key={now} due={inCash} currency={currency} onPay={cash} />
        </>
      ) : null}
    </section>
  );
}

/** `+€0.02`, `−€0.01`. */
const signed = (amount: number, currency: string): string =>
  `${amount > 0 ? "+" : "−"}${formatMoney({ amount: Math.abs(amount), currency })}`;
