import { useState } from "react";
import type { FulfillmentView, TenderInput } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { cashRounding } from "../../../../hub/src/modules/payments/domain.ts";
import { inOrder, MOST_PARTS, nextAmount } from "../../../../hub/src/modules/till/domain/index.ts";
import { useTill } from "../device/till-context.ts";
import { useCardWay } from "../pay/card-way.ts";
import { cashFor } from "../pay/cash-for.ts";
import { PartsTaken } from "../pay/parts-taken.tsx";
import { askFor, paymentOf, sumOfParts, takePart, usePayment, type PartTender } from "../pay/payment.ts";
import { SplitBar } from "../pay/split-bar.tsx";
import { SplitSheet } from "../pay/split-sheet.tsx";
import { NO_TIP, TipChoice, useTip, type TipWish } from "../pay/tip-choice.tsx";
import { openDrawer } from "../print/open-drawer.ts";
import { t } from "../t.ts";
import styles from "./collections.module.css";

type TakeDueProps = {
  readonly fulfillment: FulfillmentView;
  readonly canGive: boolean;
  readonly isBusy: boolean;
  readonly onGive: (tenders: readonly TenderInput[]) => void;
};

/** What is due on an order before it is handed over: in cash or by card, at once or in parts [TIL-58]. */
export function TakeDue({ fulfillment: { id, due }, canGive, isBusy, onGive }: TakeDueProps) {
  const { register } = useTill();
  const { token } = useCardWay();
  const payment = usePayment(id);
  const [wish, setWish] = useState<TipWish>(NO_TIP);
  const [isSplitting, setSplitting] = useState(false);
  const left = { ...due, amount: due.amount - sumOfParts(payment) };
  const now = { ...due, amount: Math.max(0, nextAmount(payment.asked, left.amount)) };
  const tip = useTip(wish, now.amount);
  const rounded = cashRounding(now.amount, register.cashRounding);
  const before = payment.parts.map(({ tender }) => tender).filter((tender): tender is PartTender & TenderInput => !("right" in tender));
  const give = (tender: PartTender & TenderInput): void => {
    if (now.amount === left.amount) return onGive(inOrder([...before, tender]));
    takePart(id, tender, left.amount - tender.amount);
    if (tender.kind === "cash") openDrawer(register.id, paymentOf(id).parts.at(-1)?.id ?? "");
    return setWish(NO_TIP);
  };
  return (
    <div className={styles.take}>
      <p className={styles.due}>{t("till.collections.take", { amount: formatMoney({ ...left, amount: Math.max(0, left.amount) }) })}</p>
      {isBusy ? null : <PartsTaken subject={id} currency={due.currency} />}
      {left.amount < 0 ? <p role="alert">{t("till.parts.too_much", { amount: formatMoney({ ...left, amount: -left.amount }) })}</p> : null}
      {payment.asked ? <SplitBar asked={payment.asked} left={left} onAll={() => askFor(id, null)} /> : null}
      {left.amount > 1 && before.length < MOST_PARTS - 1 ? (
        <Button disabled={isBusy} onClick={() => setSplitting(true)}>
          {t("till.split.open_it")}
        </Button>
      ) : null}
      <TipChoice amount={now.amount} wish={wish} onChange={setWish} />
      {tip === 0 ? null : <p role="status">{t("till.tip.with", { amount: formatMoney({ ...now, amount: now.amount + tip }) })}</p>}
      {rounded === 0 ? null : <p>{t("till.pay.in_cash", { amount: formatMoney({ ...now, amount: now.amount + rounded + tip }) })}</p>}
      {left.amount === 0 ? (
        <Button kind="primary" disabled={!canGive} busy={isBusy} onClick={() => onGive(inOrder(before))}>
          {t("till.collections.give")}
        </Button>
      ) : null}
      {left.amount > 0 ? (
        <>
          <Button
            kind="primary"
            disabled={!canGive}
            busy={isBusy}
            onClick={() => give({ ...cashFor(now.amount, register.cashRounding, tip), amount: now.amount })}
          >
            {t(now.amount === left.amount ? "till.collections.cash" : "till.pay.cash")}
          </Button>
          <Button
            disabled={!canGive || token === null}
            busy={isBusy}
            onClick={() => token !== null && give({ kind: "card", amount: now.amount, token, ...(tip > 0 && { tip }) })}
          >
            {t("till.pay.card")}
          </Button>
        </>
      ) : null}
      <SplitSheet
        open={isSplitting}
        onClose={() => setSplitting(false)}
        left={left}
        most={MOST_PARTS - before.length}
        onAsk={(asked) => askFor(id, asked)}
      />
    </div>
  );
}
