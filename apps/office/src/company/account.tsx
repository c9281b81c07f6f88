import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { CompanyAccountView, CompanyPageView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { accountQuery, keepAccount, TOUCHED } from "./account-query.ts";
import { CreditForm } from "./credit-form.tsx";
import { Invoices, Payments } from "./invoices.tsx";
import styles from "./company.module.css";

/** What a company may buy on account, what it owes, its invoices by month and what it paid. */
export function Account({ company }: { readonly company: CompanyPageView }) {
  const { data, isPending, error, refetch } = useQuery(accountQuery(company.id));
  const [isEdited, setEdited] = useState(false);
  const may = useMay();
  const mayEdit = may("companies.setCredit") && company.state === "active";
  return (
    <Section
      title={t("office.account.title")}
      actions={
        mayEdit && !isEdited ? (
          <Button size="compact-sm" variant="default" onClick={() => setEdited(true)}>
            {t(data && data.credit.some(({ limit }) => limit) ? "office.account.change" : "office.account.give")}
          </Button>
        ) : null
      }
    >
      {isPending ? <Skeleton /> : null}
      {error ? <ProblemNote error={error} onRetry={refetch} /> : null}
      {data && isEdited ? <CreditForm companyId={company.id} credit={data.credit} onDone={() => setEdited(false)} /> : null}
      {data && !isEdited ? <Credit account={data} /> : null}
      {data ? <NotInvoiced account={data} /> : null}
      {data && data.invoices.length > 0 ? <Invoices account={data} /> : null}
      {data && data.payments.length > 0 ? <Payments account={data} /> : null}
    </Section>
  );
}

/** How much of what it may owe is gone, as a bar and in figures. */
function Credit({ account: { credit } }: { readonly account: CompanyAccountView }) {
  if (credit.length === 0) return <p className={form.quiet}>{t("office.account.none")}</p>;
  return credit.map(({ currency, limit, owed, left, termsDays }) => (
    <div key={currency} className={styles.used}>
      <span id={`account-${currency}`}>{t("office.account.owed")}</span>
      <strong>
        {limit
          ? t("office.account.owed_of", { owed: formatMoney(owed), limit: formatMoney(limit) })
          : t("office.account.owed_ended", { owed: formatMoney(owed) })}
      </strong>
      {limit ? (
        <>
          <meter
            aria-labelledby={`account-${currency}`}
            min={0}
            max={Math.max(limit.amount, 1)}
            high={limit.amount * 0.9}
            value={Math.min(Math.max(0, owed.amount), limit.amount)}
          />
          <span className={form.quiet}>{t("office.account.left", { left: formatMoney(left) })}</span>
          <span className={form.quiet}>{t("office.account.terms", { count: termsDays })}</span>
        </>
      ) : null}
    </div>
  ));
}

/** What was bought since its last invoice: it gets one when the month is over, or now. */
function NotInvoiced({ account: { companyId, notInvoiced } }: { readonly account: CompanyAccountView }) {
  const may = useMay();
  const issue = useAct(
    () => api.ask("companies.invoiceNow", { params: { id: companyId }, headers: keyHeader(newKey()) }),
    TOUCHED,
    keepAccount,
  );
  if (notInvoiced.length === 0) return null;
  return (
    <div className={form.row}>
      <ul className={styles.open}>
        {notInvoiced.map(({ orders, owed }) => (
          <li key={owed.currency}>{t("office.account.not_invoiced", { count: orders, owed: formatMoney(owed) })}</li>
        ))}
      </ul>
      {may("companies.invoiceNow") ? (
        <Button
          variant="default"
          size="compact-sm"
          loading={issue.isPending}
          onClick={() => issue.act(undefined, () => showToast(t("office.account.invoiced")))}
        >
          {t("office.account.invoice_now")}
        </Button>
      ) : null}
    </div>
  );
}
