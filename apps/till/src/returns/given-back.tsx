import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import IconCircleCheck from "@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs";
import type { Money } from "@weft/kernel";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { cashRounding } from "../../../../hub/src/modules/payments/domain.ts";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import { returnQuery } from "./queries.ts";
import { Points } from "./what-goes-back.tsx";
import styles from "./returns.module.css";

type GivenBackProps = {
  readonly returnId: string;
  /** Of an exchange that was paid in cash: what goes back of it. */
  readonly change?: Money | null;
  readonly onNext: () => void;
};

/** Done: what is to be handed over from the drawer in huge figures, what goes to the card, and the paper. */
export function GivenBack({ returnId, change = null, onNext }: GivenBackProps) {
  const done = useQuery(returnQuery(returnId));
  const { register } = useTill();
  if (!done.data) return done.isError ? <ProblemNote error={done.error} onRetry={done.refetch} /> : <ScreenSkeleton />;
  const { total, refunds, pointsTaken, pointsGiven, receiptNumber, exchangeOrderId } = done.data;
  const cash = refunds.find(({ kind }) => kind === "cash");
  return (
    <section className={styles.done} aria-labelledby="done-title">
      <IconCircleCheck size={64} color="var(--color-good)" aria-hidden />
      <h2 id="done-title">{exchangeOrderId === null ? t("till.returns.done", { amount: formatMoney(total) }) : t("till.exchange.done")}</h2>
      {change && change.amount > 0 ? (
        <p className={styles.huge} role="status">
          <span>{t("till.paid.change")}</span>
          <strong>{formatMoney(change)}</strong>
        </p>
      ) : null}
      {cash ? (
        <p className={styles.huge} role="status">
          <span>{t("till.returns.hand_over")}</span>
          <strong>
            {formatMoney({ ...cash.amount, amount: cash.amount.amount + cashRounding(cash.amount.amount, register.cashRounding) })}
          </strong>
        </p>
      ) : null}
      {refunds
        .filter(({ kind }) => kind === "store_credit")
        .map(({ kind, amount }) => (
          <p key={kind} role="status">
            {t("till.returns.credit_there", { amount: formatMoney(amount) })}
          </p>
        ))}
      {refunds.some(({ kind }) => kind === "card") ? <p role="status">{t("till.returns.card_days")}</p> : null}
      <Points taken={pointsTaken} given={pointsGiven} />
      {receiptNumber === null ? null : <p>{receiptNumber}</p>}
      <Link className={styles.link} to="/returned/$id" params={{ id: returnId }}>
        {t("till.paid.paper")}
      </Link>
      <Button kind="primary" onClick={onNext}>
        {t("till.paid.next")}
      </Button>
    </section>
  );
}
