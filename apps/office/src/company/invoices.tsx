import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { CompanyAccountView, MonthInvoiceView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { formatBusinessDate, formatMoney } from "@weft/ui/i18n/format.ts";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { Badge, type Tone } from "@weft/ui/shop/badge.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { MoneyInput } from "../common/money-input.tsx";
import { receiveFile } from "../common/transfer.ts";
import { useToday } from "../common/use-today.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { keepAccount, TOUCHED } from "./account-query.ts";
import { stateOfInvoice, type InvoiceState } from "./invoice-state.ts";
import styles from "./company.module.css";

const TONES: Readonly<Record<InvoiceState, Tone>> = { open: "info", overdue: "bad", paid: "good", credit: "warn" };

/** Its invoices by month, the newest first: what is open of each, and by when it is paid. */
export function Invoices({ account }: { readonly account: CompanyAccountView }) {
  return (
    <>
      <h3 className={styles.part}>{t("office.account.invoices")}</h3>
      <ul className={styles.people} aria-label={t("office.account.invoices")}>
        {account.invoices.map((invoice) => (
          <Invoice key={invoice.id} invoice={invoice} />
        ))}
      </ul>
    </>
  );
}

function Invoice({ invoice }: { readonly invoice: MonthInvoiceView }) {
  const [isBooking, setBooking] = useState(false);
  const may = useMay();
  const file = useMutation({
    mutationFn: () => receiveFile(`/v1/documents/${invoice.id}.pdf`, () => undefined),
    onError: (error) => showToast(problemText(error)),
  });
  const state = stateOfInvoice(invoice);
  const { number, total, open, payBy, month, orders } = invoice;
  return (
    <li>
      <span className={styles.who}>
        <Button size="compact-sm" variant="subtle" loading={file.isPending} onClick={() => file.mutate()}>
          {number}
        </Button>{" "}
        <Badge tone={TONES[state]}>{t(`office.account.state.${state}`)}</Badge>
        <small>
          {[
            monthName(month),
            t("office.account.orders", { count: orders }),
            t("office.account.pay_by", { day: formatBusinessDate(payBy) }),
          ].join(" · ")}
        </small>
      </span>
      <span className={styles.amounts}>
        <strong>{formatMoney(total)}</strong>
        {open.amount === 0 || open.amount === total.amount ? null : (
          <small>
            {open.amount > 0
              ? t("office.account.open", { open: formatMoney(open) })
              : t("office.account.in_favor", { amount: formatMoney({ ...open, amount: -open.amount }) })}
          </small>
        )}
      </span>
      {open.amount > 0 && may("companies.bookPayment") && !isBooking ? (
        <Button size="xs" variant="default" aria-label={t("office.account.book_of", { number })} onClick={() => setBooking(true)}>
          {t("office.account.book")}
        </Button>
      ) : null}
      {isBooking ? <BookPayment invoice={invoice} onDone={() => setBooking(false)} /> : null}
    </li>
  );
}

/** `2026-03` as a month in words. */
const monthName = (month: string): string =>
  new Intl.DateTimeFormat(currentLocale(), { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${month}-15T12:00:00Z`));

/** What came in for an invoice: at first all that is open, today. */
function BookPayment({
  invoice: { id, companyId, number, open },
  onDone,
}: {
  readonly invoice: MonthInvoiceView;
  readonly onDone: () => void;
}) {
  const [amount, setAmount] = useState<number | null>(open.amount);
  const today = useToday();
  const [paidOn, setPaidOn] = useState(today);
  const [reference, setReference] = useState("");
  // Pressed twice, or sent again after a cut, it is booked once.
  const [key] = useState(newKey);
  const book = useAct(
    () =>
      api.ask("companies.bookPayment", {
        params: { id: companyId },
        headers: keyHeader(key),
        body: { invoiceId: id, amount: amount ?? 0, paidOn, ...(reference.trim() !== "" && { reference: reference.trim() }) },
      }),
    TOUCHED,
    keepAccount,
  );
  return (
    <form
      className={styles.booking}
      aria-label={t("office.account.book_of", { number })}
      onSubmit={(event) => {
        event.preventDefault();
        if (amount !== null && amount > 0) book.act(undefined, () => showToast(t("office.account.booked", { number })), onDone);
      }}
    >
      <div className={form.row}>
        <MoneyInput
          required
          label={t("office.account.came_in")}
          currency={open.currency}
          max={open.amount}
          value={amount}
          onChange={setAmount}
        />
        <TextInput
          required
          type="date"
          label={t("office.account.paid_on")}
          max={today}
          value={paidOn}
          onChange={({ currentTarget }) => setPaidOn(currentTarget.value)}
        />
        <TextInput
          maxLength={140}
          label={t("office.account.reference")}
          value={reference}
          onChange={({ currentTarget }) => setReference(currentTarget.value)}
        />
      </div>
      <div className={form.row}>
        <Button type="submit" size="xs" loading={book.isPending} disabled={amount === null || amount === 0}>
          {t("office.account.book")}
        </Button>
        <Button size="xs" variant="subtle" onClick={onDone}>
          {t("office.account.cancel")}
        </Button>
      </div>
    </form>
  );
}

/** What came in, the newest first; one that was booked by mistake is taken back and stays visible as such. */
export function Payments({ account: { companyId, payments } }: { readonly account: CompanyAccountView }) {
  const may = useMay();
  const undo = useAct(
    (paymentId: string) => api.ask("companies.undoPayment", { params: { id: companyId, paymentId }, headers: keyHeader(newKey()) }),
    TOUCHED,
    keepAccount,
  );
  return (
    <>
      <h3 className={styles.part}>{t("office.account.payments")}</h3>
      <ul className={styles.people} aria-label={t("office.account.payments")}>
        {payments.map(({ id, amount, paidOn, invoiceNumber, reference, undoneAt }) => (
          <li key={id}>
            <span className={styles.who}>
              {formatBusinessDate(paidOn)}
              <small>{[invoiceNumber, reference].filter(Boolean).join(" · ")}</small>
            </span>
            <strong className={styles.amounts}>{undoneAt ? <del>{formatMoney(amount)}</del> : formatMoney(amount)}</strong>
            {undoneAt ? <Badge tone="plain">{t("office.account.undone")}</Badge> : null}
            {!undoneAt && may("companies.undoPayment") ? (
              <Button
                size="xs"
                variant="subtle"
                aria-label={t("office.account.undo_of", { amount: formatMoney(amount), number: invoiceNumber })}
                loading={undo.isPending && undo.variables === id}
                onClick={() => undo.mutate(id)}
              >
                {t("office.account.undo")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}
