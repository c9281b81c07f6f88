import type { TenderInput } from "@weft/contracts/client";
import type { Money } from "@weft/kernel";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { cashRounding } from "../../../../hub/src/modules/payments/domain.ts";
import { likelyCash } from "../../../../hub/src/modules/till/domain/index.ts";
import { useTill } from "../device/till-context.ts";
import { useAway } from "../local/use-away.ts";
import { CardButton } from "../pay/card-button.tsx";
import { cashFor } from "../pay/cash-for.ts";
import { PartsTaken } from "../pay/parts-taken.tsx";
import { sumOfParts, takePart, usePayment } from "../pay/payment.ts";
import { useTerminalPart } from "../pay/use-terminal-part.ts";
import { TerminalPanel } from "../terminal/terminal-panel.tsx";
import { useTicket } from "../ticket/ticket.ts";
import { t } from "../t.ts";

type PayDifferenceProps = {
  /** What goes out costs so much more than what comes back was. */
  readonly difference: Money;
  readonly isOpen: boolean;
  /** Null: all of it is paid already. */
  readonly onPay: (tender: TenderInput | null) => void;
};

/**
 * What is to be paid for an exchange: in cash, or by a card at the terminal beside the till, on the reader of the hub or through its provider [TIL-64]. What
 * the terminal approved is a part of the ticket's payment at once, so that it is there whatever becomes of the exchange [TIL-59].
 */
export function PayDifference({ difference, isOpen, onPay }: PayDifferenceProps) {
  const { key } = useTicket();
  const payment = usePayment(key);
  const isAway = useAway();
  const left = { ...difference, amount: difference.amount - sumOfParts(payment) };
  const terminal = useTerminalPart(key, left.amount, (part) => {
    takePart(key, part, left.amount - part.amount);
    if (part.amount === left.amount) onPay(null);
  });
  if (terminal.asked)
    return (
      <TerminalPanel
        amount={{ ...left, amount: terminal.asked.amount }}
        of={terminal.asked.of}
        onApproved={terminal.approved}
        onBack={terminal.back}
      />
    );
  return (
    <>
      <PartsTaken subject={key} currency={left.currency} isAway={isAway} />
      {left.amount < 0 ? (
        <p role="alert">{t("till.parts.too_much", { amount: formatMoney({ ...left, amount: -left.amount }) })}</p>
      ) : left.amount === 0 ? (
        <Button kind="primary" disabled={!isOpen} onClick={() => onPay(null)}>
          {t("till.exchange.paid")}
        </Button>
      ) : (
        <>
          <p aria-live="polite">{t("till.exchange.to_pay", { amount: formatMoney(left) })}</p>
          <CardButton
            amount={isOpen ? left : null}
            isAway={isAway}
            terminal={isAway ? null : terminal.device}
            onTerminal={() => terminal.ask(left.amount, 0)}
            onToken={(token) => onPay({ kind: "card", amount: left.amount, token })}
          />
          <InCash left={left} isOpen={isOpen} onPay={onPay} />
        </>
      )}
    </>
  );
}

/** By one tap, exact or a likely note, rounded where cash is. */
function InCash({ left, isOpen, onPay }: Omit<PayDifferenceProps, "difference"> & { readonly left: Money }) {
  const step = useTill().register.cashRounding;
  const rounding = cashRounding(left.amount, step);
  const text = (amount: number) => formatMoney({ ...left, amount });
  return (
    <>
      {rounding === 0 ? null : <p>{t("till.pay.in_cash", { amount: text(left.amount + rounding) })}</p>}
      {likelyCash(left.amount + rounding, left.currency).map((received) => (
        <Button key={received} disabled={!isOpen} onClick={() => onPay({ ...cashFor(left.amount, step), received })}>
          {t("till.exchange.cash", { amount: text(received) })}
        </Button>
      ))}
    </>
  );
}
