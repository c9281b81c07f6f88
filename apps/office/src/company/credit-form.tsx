import { Button, NumberInput, TextInput } from "@mantine/core";
import type { CompanyAccountView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { MoneyInput } from "../common/money-input.tsx";
import { t } from "../t.ts";
import { keepAccount, TOUCHED } from "./account-query.ts";

type Props = {
  readonly companyId: string;
  readonly credit: CompanyAccountView["credit"];
  readonly onDone: () => void;
};

const TERMS_DAYS = 30;

/** Up to how much a company may owe in a currency, and in how many days it pays an invoice. */
export function CreditForm({ companyId, credit, onDone }: Props) {
  const [first] = credit;
  const [currency, setCurrency] = useState(first?.currency ?? "EUR");
  const known = credit.find((one) => one.currency === currency);
  const [limit, setLimit] = useState(first?.limit?.amount ?? null);
  const [termsDays, setTermsDays] = useState<number | null>(first?.limit ? first.termsDays : TERMS_DAYS);
  const save = useAct(
    () =>
      api.ask("companies.setCredit", {
        params: { id: companyId, currency },
        body: { limit: limit ?? 0, termsDays: termsDays ?? TERMS_DAYS },
      }),
    TOUCHED,
    keepAccount,
  );
  const end = useAct(() => api.ask("companies.endCredit", { params: { id: companyId, currency } }), TOUCHED, keepAccount);
  const isWhole = /^[A-Z]{3}$/.test(currency) && limit !== null && termsDays !== null;
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) save.mutate(undefined, { onSuccess: onDone });
      }}
    >
      <div className={form.row}>
        <MoneyInput
          required
          label={t("office.account.limit")}
          currency={/^[A-Z]{3}$/.test(currency) ? currency : "EUR"}
          value={limit}
          onChange={setLimit}
        />
        <NumberInput
          required
          label={t("office.account.terms_days")}
          min={0}
          max={120}
          allowDecimal={false}
          value={termsDays ?? ""}
          onChange={(typed) => setTermsDays(typed === "" ? null : Number(typed))}
        />
        <TextInput
          required
          maxLength={3}
          label={t("office.account.currency")}
          value={currency}
          onChange={({ currentTarget }) => setCurrency(currentTarget.value.toUpperCase())}
        />
      </div>
      <p className={form.quiet}>{t("office.account.limit_hint")}</p>
      <p role="alert" className={form.error}>
        {save.error ? problemText(save.error) : null}
      </p>
      <div className={form.row}>
        <Button type="submit" loading={save.isPending} disabled={!isWhole}>
          {t("office.account.save")}
        </Button>
        {known?.limit ? (
          <Button variant="default" loading={end.isPending} onClick={() => end.mutate(undefined, { onSuccess: onDone })}>
            {t("office.account.end")}
          </Button>
        ) : null}
        <Button variant="subtle" onClick={onDone}>
          {t("office.account.cancel")}
        </Button>
      </div>
    </form>
  );
}
