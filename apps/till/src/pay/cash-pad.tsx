import { useRef, useState, type FormEvent } from "react";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { amountOf } from "../common/amount.ts";
import { useKeyboardFocus } from "../common/use-focus.ts";
import { t } from "../t.ts";
import styles from "./pay.module.css";

const KEYS = ["7", "8", "9", "4", "5", "6", "1", "2", "3", "0", "00"] as const;

type CashPadProps = { readonly due: number; readonly currency: string; readonly onPay: (received: number) => void };

/** Any other amount that was handed over; the change is told before it is taken. */
export function CashPad({ due, currency, onPay }: CashPadProps) {
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useKeyboardFocus(field);
  const received = amountOf(typed, currency);
  const isEnough = received !== undefined && received >= due;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isEnough) onPay(received);
  };
  return (
    <form className={styles.pad} onSubmit={submit}>
      <label className={styles.received}>
        <span>{t("till.pay.received")}</span>
        <input
          ref={field}
          inputMode="decimal"
          autoComplete="off"
          value={typed}
          onChange={({ target }) => setTyped(target.value.replaceAll(/[^\d.,]/g, ""))}
        />
      </label>
      <div className={styles.keys}>
        {[...KEYS, decimalSign()].map((key) => (
          <button key={key} type="button" onClick={() => setTyped((before) => before + key)}>
            {key}
          </button>
        ))}
      </div>
      <div className={styles.take}>
        <Button onClick={() => setTyped("")} disabled={typed === ""}>
          {t("till.pay.clear")}
        </Button>
        <Button type="submit" kind="primary" wide disabled={!isEnough}>
          {isEnough ? t("till.pay.take_change", { change: formatMoney({ amount: received - due, currency }) }) : t("till.pay.take")}
        </Button>
      </div>
    </form>
  );
}

/** What stands before the cents in the language of the till. */
const decimalSign = (): string => formatNumber(0.5).replaceAll(/\d/g, "");
