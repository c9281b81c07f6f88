import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState, type FormEvent } from "react";
import { Link } from "@tanstack/react-router";
import IconCircleCheck from "@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs";
import type { TillCommandAnswerView } from "@weft/contracts/client";
import { formatList, formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { QrCode } from "@weft/ui/kit/qr-code.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api } from "../api.ts";
import { useFocus } from "../common/use-focus.ts";
import { usePaidDisplay } from "../display/feed.tsx";
import { PaperChoice, usePaidPrinting } from "../print/paid-printing.tsx";
import { addressOf } from "../receipt/address.ts";
import { giftCardsQuery, sellsGiftCards } from "../receipt/gift-cards.tsx";
import { PointsNote } from "../receipt/points-note.tsx";
import { ToCome } from "../receipt/to-come.tsx";
import { receiptQuery } from "../receipt/screen.tsx";
import { t } from "../t.ts";
import { useTill } from "../device/till-context.ts";
import { collectText } from "../ticket/collect-form.tsx";
import type { CollectWish } from "../ticket/shape.ts";
import { partText } from "./part-words.ts";
import type { Paid } from "./use-pay.ts";
import styles from "./pay.module.css";

/** Paid: the change in huge figures, the receipt if one is wanted, and the next customer. */
export function PaidPanel({ paid, onNext }: { readonly paid: Paid; readonly onNext: () => void }) {
  const { total, change, orderId, collect, isDue } = paid;
  const { isKnown, receiptNumber } = useAnswer(paid);
  const next = useEffectEvent(onNext);
  usePaidPrinting(orderId, change !== null);
  const { register } = useTill();
  // Training is no sale, and has no receipt to keep.
  const address = register.training ? undefined : addressOf(orderId);
  usePaidDisplay(total, change, address ?? null);
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
      <h1 id="paid-title">{t(isDue ? "till.paid.due" : "till.paid.title", { total: formatMoney(total) })}</h1>
      {paid.parts.length > 0 ? <p>{formatList(paid.parts.map((part) => partText(part, total.currency)))}</p> : null}
      {paid.tip > 0 ? <p>{t("till.paid.tip", { amount: formatMoney({ ...total, amount: paid.tip }) })}</p> : null}
      {isDue ? null : change === null ? (
        <p className={styles.huge}>{t(`till.paid.${paid.isOnAccount ? "on_account" : paid.isStored ? "stored" : "card"}`)}</p>
      ) : (
        <p className={styles.huge} role="status">
          <span>{t("till.paid.change")}</span>
          <strong>{formatMoney({ amount: change, currency: total.currency })}</strong>
        </p>
      )}
      {collect ? <ToCollect collect={collect} orderId={orderId} /> : null}
      {paid.isMixed ? <ComingNote orderId={orderId} /> : null}
      {receiptNumber === null ? null : <p className={styles.number}>{receiptNumber}</p>}
      {isKnown ? (
        <>
          <PointsNote orderId={orderId} />
          <GiftCardNote orderId={orderId} />
        </>
      ) : null}
      {address === undefined ? null : (
        <figure className={styles.address}>
          <QrCode text={address} label={t("till.paid.qr")} size={144} />
          <figcaption>{t("till.paid.qr")}</figcaption>
        </figure>
      )}
      <ReceiptChoice orderId={orderId} mayMail={isKnown && !register.practices} isDone={!isDue && !register.practices} />
      <Button kind="primary" className={styles.next} onClick={onNext}>
        {t("till.paid.next")}
      </Button>
    </section>
  );
}

/** What the hub has said of it, and the number of its receipt. A sale of this register itself is paid before the hub has heard of it. */
function useAnswer({ answered, receiptNumber }: Paid) {
  const [answer, setAnswer] = useState<TillCommandAnswerView | null>(null);
  useEffect(() => {
    let isShown = true;
    void answered?.then((given) => {
      if (isShown) setAnswer(given);
    });
    return () => {
      isShown = false;
    };
  }, [answered]);
  return { isKnown: answered === null || answer?.outcome === "done", receiptNumber: answer?.receiptNumber ?? receiptNumber };
}

/** When it can be fetched, and by which number. */
function ToCollect({ collect, orderId }: { readonly collect: CollectWish; readonly orderId: string }) {
  const { timeZone } = useTill();
  const { data } = useQuery(receiptQuery(orderId));
  // Who ordered at a kiosk knows the number of the kiosk, and hears that one.
  return (
    <p className={styles.huge} role="status">
      <span>{collect.isKiosk ? t("till.kiosk.now_called") : collectText(collect, timeZone)}</span>
      <strong>{collect.isKiosk ? collect.name : (data?.orderNumber ?? "…")}</strong>
    </p>
  );
}

/** What the customer does not have yet, with the codes: on the screen as on the paper. */
function ComingNote({ orderId }: { readonly orderId: string }) {
  const { data } = useQuery(receiptQuery(orderId));
  return data ? <ToCome parts={data.toCome} /> : null;
}

/** A gift card is nothing but its code, and that is on the paper. Of one that holds more now its customer hears how much. */
function GiftCardNote({ orderId }: { readonly orderId: string }) {
  const { data } = useQuery(receiptQuery(orderId));
  const cards = useQuery({ ...giftCardsQuery(orderId), enabled: sellsGiftCards(data) }).data;
  if (!cards) return null;
  return (
    <>
      {cards.toppedUp.map(({ orderLineId, last4, amount, left }) => (
        <p key={orderLineId} role="status">
          {t("till.top_up.line", { last4 })}: {t("till.top_up.now", { amount: formatMoney(amount), left: formatMoney(left) })}
        </p>
      ))}
      {cards.cards.length === 0 ? null : (
        <p role="status">
          <Link className={styles.link} to="/receipt/$id" params={{ id: orderId }}>
            {t("till.paid.gift_card")}
          </Link>
        </p>
      )}
    </>
  );
}

type ReceiptChoiceProps = {
  readonly orderId: string;
  readonly mayMail: boolean;
  /** It was paid, and for good: what goes with a present is given for that alone. */
  readonly isDone: boolean;
};

function ReceiptChoice({ orderId, mayMail, isDone }: ReceiptChoiceProps) {
  const [isMailing, setMailing] = useState(false);
  const [email, setEmail] = useState("");
  const send = useMutation({ mutationFn: () => api.ask("orders.sendReceipt", { params: { id: orderId }, body: { email } }) });
  if (send.isSuccess) return <p role="status">{t("till.paid.sent", { email })}</p>;
  if (isMailing)
    return <MailForm email={email} setEmail={setEmail} onSend={() => send.mutate()} isSending={send.isPending} error={send.error} />;
  return (
    <div className={styles.receipts}>
      <PaperChoice orderId={orderId} className={styles.link} />
      {isDone ? (
        <Link className={styles.link} to="/gift/$id" params={{ id: orderId }}>
          {t("till.gift.open")}
        </Link>
      ) : null}
      <Button disabled={!mayMail} onClick={() => setMailing(true)}>
        {t("till.paid.by_email")}
      </Button>
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
