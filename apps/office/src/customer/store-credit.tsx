import { Button, Select, TextInput } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { CREDIT_REASONS, type StoreCreditView } from "@weft/contracts/client";
import { newKey } from "@weft/ui/api/api.ts";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { MoneyInput } from "../common/money-input.tsx";
import { PageLink } from "../common/page-link.tsx";
import { placesQuery } from "../common/places.ts";
import { wordOf } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";

const creditQuery = (id: string) =>
  queryOptions({
    queryKey: ["customer", id, "store-credit"],
    queryFn: ({ signal }) => api.ask("storeCredit.read", { params: { id }, signal }),
  });

/** What the house owes the customer, how it came and went, and the way to give some. */
export function StoreCredit({ customerId }: { readonly customerId: string }) {
  const may = useMay();
  const entities = useQuery(placesQuery).data?.entities ?? [];
  const [isGiving, setGiving] = useState(false);
  const credit = useQuery(creditQuery(customerId));
  const currency = credit.data?.balances[0]?.currency ?? entities[0]?.currency;
  const isOpen = isGiving && currency !== undefined && may("storeCredit.grant");
  return (
    <Section
      title={t("office.credit.title")}
      actions={
        may("storeCredit.grant") && !isOpen ? (
          <Button variant="default" size="xs" onClick={() => setGiving(true)}>
            {t("office.credit.give")}
          </Button>
        ) : null
      }
    >
      {credit.isPending ? <Skeleton height="3rem" /> : null}
      {credit.isError ? <ProblemNote error={credit.error} onRetry={credit.refetch} /> : null}
      {credit.data ? <Balance credit={credit.data} /> : null}
      {isOpen ? <Give customerId={customerId} currency={currency} onDone={() => setGiving(false)} /> : null}
      {credit.data ? <Entries credit={credit.data} /> : null}
    </Section>
  );
}

function Balance({ credit: { balances } }: { readonly credit: StoreCreditView }) {
  if (balances.length === 0) return <p className={styles.quiet}>{t("office.credit.none")}</p>;
  return <strong className={styles.balance}>{balances.map((balance) => formatMoney(balance)).join(" · ")}</strong>;
}

/** As many as are read at a glance; more only when asked for. */
const FIRST = 5;

function Entries({ credit: { entries } }: { readonly credit: StoreCreditView }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? entries : entries.slice(0, FIRST);
  return (
    <>
      <ul className={styles.lines}>
        {shown.map(({ id, at, amount, because, orderId }) => (
          <li key={id}>
            <span>
              {orderId === null ? (
                wordOf(`office.value.because.${because.kind}`, because.kind)
              ) : (
                <PageLink to="/orders" search={{ open: orderId }}>
                  {wordOf(`office.value.because.${because.kind}`, because.kind)}
                </PageLink>
              )}
              {reasonOf(because.data)}{" "}
              <small className={styles.quiet}>
                <TimeAgo at={at} />
              </small>
            </span>
            <strong>{formatMoney(amount)}</strong>
          </li>
        ))}
      </ul>
      {entries.length > shown.length ? (
        <Button variant="default" onClick={() => setWhole(true)}>
          {t("office.list.more")}
        </Button>
      ) : null}
    </>
  );
}

function reasonOf(data: Record<string, unknown> | undefined): string {
  const reason = CREDIT_REASONS.find((known) => known === data?.["reason"]);
  return reason ? `, ${t(`office.credit.reason.${reason}`)}` : "";
}

type GiveProps = { readonly customerId: string; readonly currency: string; readonly onDone: () => void };

function Give({ customerId, currency, onDone }: GiveProps) {
  const [id] = useState(newKey);
  const [amount, setAmount] = useState<number | null>(null);
  const [reason, setReason] = useState<(typeof CREDIT_REASONS)[number]>("goodwill");
  const [note, setNote] = useState("");
  const give = useAct(() => {
    const words = note.trim();
    const money = { amount: amount ?? 0, currency };
    return api.ask("storeCredit.grant", {
      params: { id: customerId },
      body: { id, amount: money, reason, ...(words !== "" && { note: words }) },
    });
  }, [["customer", customerId]]);
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (amount) give.act(undefined, () => showToast(t("office.credit.given", { amount: formatMoney({ amount, currency }) })), onDone);
      }}
    >
      <MoneyInput
        label={t("office.credit.amount")}
        currency={currency}
        value={amount}
        min={1}
        max={100_000}
        required
        onChange={setAmount}
      />
      <Select
        label={t("office.credit.why")}
        value={reason}
        allowDeselect={false}
        data={CREDIT_REASONS.map((value) => ({ value, label: t(`office.credit.reason.${value}`) }))}
        onChange={(next) => setReason(CREDIT_REASONS.find((known) => known === next) ?? reason)}
      />
      <TextInput label={t("office.credit.note")} value={note} maxLength={300} onChange={({ target }) => setNote(target.value)} />
      <div className={form.row}>
        <Button type="submit" disabled={!amount} loading={give.isPending}>
          {t("office.credit.give_now")}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t("ui.close")}
        </Button>
      </div>
    </form>
  );
}
