import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { newId } from "@weft/kernel";
import type { LoyaltyPartnerView, PartnerTermsView } from "@weft/contracts/client";
import { formatDate, formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside, Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { MoneyInput } from "../common/money-input.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { PartnerFile } from "./partner-file.tsx";
import { PartnerKey, PartnerTermsFields } from "./partner-form.tsx";
import { partnerTermsText } from "./partners.tsx";
import { PARTNERS_KEY, statementQuery } from "./program-query.ts";

type Props = { readonly partner: LoyaltyPartnerView; readonly onClose: () => void };

/** A partner: what it owes month by month, what it paid, its file, its terms and its key. */
export function PartnerBeside({ partner, onClose }: Props) {
  const may = useMay();
  const isOpen = partner.endedAt === null;
  return (
    <Beside title={partner.name} onClose={onClose}>
      <Part title={t("office.partners.statement")}>
        <Statement partner={partner} />
      </Part>
      {may("loyalty.bookPartnerPayment") ? (
        <Part title={t("office.partners.payment")}>
          <Payment key={partner.due.amount} partner={partner} />
        </Part>
      ) : null}
      {isOpen && may("loyalty.importPartnerPurchases") ? (
        <Part title={t("office.partners.file")}>
          <PartnerFile partner={partner} />
        </Part>
      ) : null}
      <Part title={t("office.partners.terms")}>
        <Terms key={partner.terms[0]?.version} partner={partner} mayEdit={isOpen && may("loyalty.setPartnerTerms")} />
      </Part>
      {isOpen && may("loyalty.renewPartnerKey") ? (
        <Part title={t("office.partners.key")}>
          <Access partner={partner} onClose={onClose} />
        </Part>
      ) : null}
    </Beside>
  );
}

const thisMonth = (): string => new Date().toISOString().slice(0, 7);
const MONEY = ["opening", "charged", "credited", "redeemed", "paid", "closing"] as const;

function Statement({ partner }: { readonly partner: LoyaltyPartnerView }) {
  const [month, setMonth] = useState(thisMonth);
  const statement = useQuery(statementQuery(partner.id, month));
  return (
    <div className={form.form}>
      <TextInput
        type="month"
        label={t("office.partners.month")}
        value={month}
        onChange={({ currentTarget }) => (currentTarget.value ? setMonth(currentTarget.value) : undefined)}
      />
      {statement.isPending ? <Skeleton height="8rem" /> : null}
      {statement.isError ? <ProblemNote error={statement.error} onRetry={statement.refetch} /> : null}
      {statement.data ? (
        <>
          <p className={form.quiet}>
            {t("office.partners.said", {
              count: statement.data.purchases,
              points: formatNumber(statement.data.points),
              taken: formatNumber(statement.data.pointsTaken),
            })}
            {statement.data.pointsUsed === 0
              ? null
              : ` ${t("office.partners.said_used", { points: formatNumber(statement.data.pointsUsed), count: statement.data.pointsUsed })}`}
          </p>
          <ul className={form.rows}>
            {MONEY.map((row) => (
              <li key={row}>
                <span className={form.grow}>{t(`office.partners.row.${row}`)}</span>
                <strong>{formatMoney({ amount: statement.data[row], currency: statement.data.currency })}</strong>
              </li>
            ))}
            {statement.data.payments.map(({ id, day, amount, note }) => (
              <li key={id}>
                <span className={form.grow}>
                  {t("office.partners.paid_on", { day: formatDate(`${day}T12:00:00Z`) })}
                  {note === null ? null : <small> {note}</small>}
                </span>
                {formatMoney(amount)}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}

function Payment({ partner }: { readonly partner: LoyaltyPartnerView }) {
  // One payment has one id, however often it is sent; the next one after it has another.
  const [id] = useState(newId);
  // Who is owed is paid: where points paid there for more than it gave, the house pays the partner.
  const sign = partner.due.amount < 0 ? -1 : 1;
  const [amount, setAmount] = useState<number | null>(partner.due.amount === 0 ? null : Math.abs(partner.due.amount));
  const [note, setNote] = useState("");
  const book = useAct(
    (paid: number) =>
      api.ask("loyalty.bookPartnerPayment", {
        params: { id: partner.id },
        body: { id, amount: sign * paid, note: note === "" ? null : note },
      }),
    [PARTNERS_KEY],
  );
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (amount) book.act(amount, () => showToast(t("office.saved")));
      }}
    >
      <MoneyInput
        required
        min={1}
        label={t(sign < 0 ? "office.partners.amount_out" : "office.partners.amount")}
        currency={partner.due.currency}
        value={amount}
        onChange={setAmount}
      />
      <TextInput
        maxLength={200}
        label={t("office.partners.note")}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={book.isPending} disabled={!amount}>
        {t("office.partners.book")}
      </Button>
    </form>
  );
}

function Terms({ partner, mayEdit }: { readonly partner: LoyaltyPartnerView; readonly mayEdit: boolean }) {
  const [now, ...before] = partner.terms;
  const [draft, setDraft] = useState<PartnerTermsView | undefined>(now);
  const save = useAct(
    (terms: PartnerTermsView) =>
      api.ask("loyalty.setPartnerTerms", { params: { id: partner.id }, body: { version: now?.version ?? 1, terms } }),
    [PARTNERS_KEY],
  );
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (draft) save.act(draft, () => showToast(t("office.saved")));
      }}
    >
      {now ? <p>{partnerTermsText(now)}</p> : null}
      {before.map((terms) => (
        <p key={terms.version} className={form.quiet}>
          {t("office.loyalty.before", { what: partnerTermsText(terms), since: formatDate(terms.validFrom) })}
        </p>
      ))}
      {mayEdit && draft ? (
        <>
          <PartnerTermsFields terms={draft} onChange={setDraft} />
          <p className={form.quiet}>{t("office.partners.terms_note")}</p>
          <Button type="submit" variant="default" loading={save.isPending}>
            {t("office.save")}
          </Button>
        </>
      ) : null}
    </form>
  );
}

function Access({ partner, onClose }: Props) {
  const renew = useAct(() => api.ask("loyalty.renewPartnerKey", { params: { id: partner.id } }), [PARTNERS_KEY]);
  const end = useAct(() => api.ask("loyalty.endPartner", { params: { id: partner.id } }), [PARTNERS_KEY]);
  return (
    <div className={form.form}>
      {renew.data ? <PartnerKey value={renew.data.key} /> : <p className={form.quiet}>{t("office.partners.key_note")}</p>}
      <div className={form.row}>
        <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate(undefined)}>
          {t("office.partners.renew")}
        </Button>
        <Button
          variant="subtle"
          loading={end.isPending}
          onClick={() => end.act(undefined, () => showToast(t("office.partners.ended")), onClose)}
        >
          {t("office.partners.end")}
        </Button>
      </div>
    </div>
  );
}
