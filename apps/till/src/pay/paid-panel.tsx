import { useMutation } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState, type FormEvent } from "react";
import { Link } from "@tanstack/react-router";
import IconCircleCheck from "@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api } from "../api.ts";
import { useFocus } from "../common/use-focus.ts";
import { PointsNote } from "../receipt/points-note.tsx";
import { t } from "../t.ts";
import type { Paid } from "./use-pay.ts";
import styles from "./pay.module.css";

/** Paid: the change in huge figures, the receipt if one is wanted, and the next customer. */
export function PaidPanel({ paid, onNext }: { readonly paid: Paid; readonly onNext: () => void }) {
  const { total, change, receiptNumber, orderId } = paid;
  const next = useEffectEvent(onNext);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key === "Enter" && !(event.target instanceof HTMLInputElement)) next();
    };
    // The Enter that paid is still on its way up.
    const timer = setTimeout(() => window.addEventListener("keyup", listen), 300);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("keyup", listen);
    };
  }, []);
  return (
    <section className={styles.paid} aria-labelledby="paid-title">
      <IconCircleCheck size={64} color="var(--color-good)" aria-hidden />
      <h1 id="paid-title">{t("till.paid.title", { total: formatMoney(total) })}</h1>
      {change === null ? (
        <p className={styles.huge}>{t("till.paid.card")}</p>
      ) : (
        <p className={styles.huge} role="status">
          <span>{t("till.paid.change")}</span>
          <strong>{formatMoney({ amount: change, currency: total.currency })}</strong>
        </p>
      )}
      {receiptNumber === null ? null : <p className={styles.number}>{receiptNumber}</p>}
      <PointsNote orderId={orderId} />
      <ReceiptChoice orderId={orderId} />
      <Button kind="primary" className={styles.next} onClick={onNext}>
        {t("till.paid.next")}
      </Button>
    </section>
  );
}

function ReceiptChoice({ orderId }: { readonly orderId: string }) {
  const [isMailing, setMailing] = useState(false);
  const [email, setEmail] = useState("");
  const send = useMutation({ mutationFn: () => api.ask("orders.sendReceipt", { params: { id: orderId }, body: { email } }) });
  if (send.isSuccess) return <p role="status">{t("till.paid.sent", { email })}</p>;
  if (isMailing)
    return <MailForm email={email} setEmail={setEmail} onSend={() => send.mutate()} isSending={send.isPending} error={send.error} />;
  return (
    <div className={styles.receipts}>
      <Link className={styles.link} to="/receipt/$id" params={{ id: orderId }}>
        {t("till.paid.paper")}
      </Link>
      <Button onClick={() => setMailing(true)}>{t("till.paid.by_email")}</Button>
    </div>
  );
}

type MailFormProps = {
  readonly email: string;
  readonly setEmail: (email: string) => void;
  readonly onSend: () => void;
  readonly isSending: boolean;
  readonly error: unknown;
};

function MailForm({ email, setEmail, onSend, isSending, error }: MailFormProps) {
  const focus = useFocus();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSend();
  };
  return (
    <form className={styles.mail} onSubmit={submit}>
      <Field
        id={focus}
        label={t("till.paid.email")}
        type="email"
        required
        autoComplete="off"
        value={email}
        onChange={({ target }) => setEmail(target.value)}
      />
      <Button type="submit" busy={isSending}>
        {t("till.paid.send")}
      </Button>
      {error ? <ProblemNote error={error} /> : null}
    </form>
  );
}
