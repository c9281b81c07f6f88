import { Autocomplete, Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { CompanyPageView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { MoneyInput } from "../common/money-input.tsx";
import { countryName } from "../common/text.ts";
import { t } from "../t.ts";
import { bodyOf, draftOf, whatIsMissing, type CompanyDraft } from "./draft.ts";
import { priceGroupsQuery } from "./queries.ts";

type Props = {
  /** Absent: another one. */
  readonly company?: CompanyPageView;
  readonly onDone: (company: CompanyPageView) => void;
};

/** All that the retailer gives a company: what its documents say, its prices and its limits. */
export function CompanyForm({ company, onDone }: Props) {
  const [draft, setDraft] = useState(() => draftOf(company));
  const change = (part: Partial<CompanyDraft>): void => setDraft({ ...draft, ...part });
  const save = useAct(() => {
    const body = bodyOf(draft);
    return company ? api.ask("companies.update", { params: { id: company.id }, body }) : api.ask("companies.create", { body });
  }, [["companies"]]);
  const missing = whatIsMissing(draft);
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) save.mutate(undefined, { onSuccess: onDone });
      }}
    >
      <TextInput
        required
        maxLength={200}
        label={t("office.company.name")}
        value={draft.name}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      />
      <div className={form.row}>
        <TextInput
          required
          maxLength={2}
          label={t("office.company.country")}
          description={/^[A-Z]{2}$/.test(draft.country) ? countryName(draft.country) : t("office.company.country_hint")}
          value={draft.country}
          onChange={({ currentTarget }) => change({ country: currentTarget.value.toUpperCase() })}
        />
        <TextInput
          maxLength={40}
          label={t("office.company.vat")}
          value={draft.vatNumber}
          onChange={({ currentTarget }) => change({ vatNumber: currentTarget.value })}
        />
      </div>
      <AddressPart draft={draft} change={change} />
      <TermsPart draft={draft} change={change} />
      <p role="alert" className={form.error}>
        {save.error ? problemText(save.error) : missing === "address" ? t("office.company.address_partly") : null}
      </p>
      <Button type="submit" loading={save.isPending} disabled={missing !== null}>
        {t("office.company.save")}
      </Button>
    </form>
  );
}

type PartProps = { readonly draft: CompanyDraft; readonly change: (part: Partial<CompanyDraft>) => void };

function AddressPart({ draft, change }: PartProps) {
  return (
    <>
      <TextInput
        maxLength={120}
        label={t("office.company.street")}
        value={draft.line1}
        onChange={({ currentTarget }) => change({ line1: currentTarget.value })}
      />
      <TextInput
        maxLength={120}
        label={t("office.company.street2")}
        value={draft.line2}
        onChange={({ currentTarget }) => change({ line2: currentTarget.value })}
      />
      <div className={form.row}>
        <TextInput
          maxLength={16}
          label={t("office.company.postcode")}
          value={draft.postcode}
          onChange={({ currentTarget }) => change({ postcode: currentTarget.value })}
        />
        <TextInput
          maxLength={120}
          label={t("office.company.city")}
          value={draft.city}
          onChange={({ currentTarget }) => change({ city: currentTarget.value })}
        />
      </div>
    </>
  );
}

/** Its prices and limits: what it is given, and no channel can say. */
function TermsPart({ draft, change }: PartProps) {
  const groups = useQuery(priceGroupsQuery).data?.items ?? [];
  const currency = /^[A-Z]{3}$/.test(draft.currency) ? draft.currency : "EUR";
  return (
    <>
      <Autocomplete
        size="xs"
        maxLength={40}
        label={t("office.company.price_group")}
        description={t("office.company.price_group_hint")}
        data={groups}
        value={draft.priceGroup}
        onChange={(priceGroup) => change({ priceGroup })}
      />
      <div className={form.row}>
        <MoneyInput
          label={t("office.company.order_limit")}
          currency={currency}
          value={draft.orderLimit}
          onChange={(orderLimit) => change({ orderLimit })}
        />
        <MoneyInput
          label={t("office.company.month_limit")}
          currency={currency}
          value={draft.monthLimit}
          onChange={(monthLimit) => change({ monthLimit })}
        />
      </div>
      <TextInput
        maxLength={3}
        label={t("office.company.currency")}
        value={draft.currency}
        onChange={({ currentTarget }) => change({ currency: currentTarget.value.toUpperCase() })}
      />
    </>
  );
}
