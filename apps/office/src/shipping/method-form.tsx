import { Button, NativeSelect, Switch, TextInput } from "@mantine/core";
import type { DeliveryMethodView, LegalEntityView } from "@weft/contracts/client";
import { formatList } from "@weft/ui/i18n/format.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { MoneyInput } from "../common/money-input.tsx";
import { NameFields } from "../common/name-fields.tsx";
import { localized, namesOf, NO_NAMES, type Names } from "../common/names.ts";
import { countryName, inLanguage } from "../common/text.ts";
import { WholeNumber } from "../common/whole-number.tsx";
import { t } from "../t.ts";
import { METHODS_KEY } from "./queries.ts";

type Draft = {
  readonly entityId: string;
  readonly name: Names;
  /** Minor units, as is `freeFrom`. */
  readonly price: number;
  readonly freeFrom: number | null;
  readonly countries: string;
  readonly leadDays: number;
  readonly taxClass: string;
  readonly position: number;
  readonly active: boolean;
};

type Props = {
  /** Absent: another one. */
  readonly method: DeliveryMethodView | undefined;
  readonly entities: readonly LegalEntityView[];
  readonly onClose: () => void;
};

/** A way of shipping: what orders were placed with before stays as it was. */
export function MethodForm({ method, entities, onClose }: Props) {
  const [draft, setDraft] = useState(() => draftOf(method, entities[0]?.id ?? ""));
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const currency = entities.find(({ id }) => id === draft.entityId)?.currency ?? "EUR";
  const save = useAct(async () => {
    const { entityId, active, ...fields } = bodyOf(draft);
    return method
      ? api.ask("deliveryMethods.update", { params: { id: method.id }, body: { ...fields, active } })
      : api.ask("deliveryMethods.create", { body: { entityId, ...fields } });
  }, [METHODS_KEY]);
  const countries = codesIn(draft.countries);
  const hasCountry = countries.length > 0;
  return (
    <Beside title={method ? inLanguage(method.name) : t("office.methods.add")} onClose={onClose}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined, { onSuccess: onClose });
        }}
      >
        {method ? null : (
          <NativeSelect
            label={t("office.methods.entity")}
            value={draft.entityId}
            data={entities.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={({ currentTarget }) => change({ entityId: currentTarget.value })}
          />
        )}
        <NameFields
          maxLength={80}
          label={(language) => t("office.methods.name_in", { language })}
          names={draft.name}
          onChange={(name) => change({ name })}
        />
        <Figures draft={draft} currency={currency} change={change} />
        <TextInput
          required
          maxLength={240}
          label={t("office.methods.countries")}
          description={hasCountry ? formatList(countries.map(countryName)) : t("office.methods.countries_hint")}
          error={draft.countries.trim() !== "" && !hasCountry}
          value={draft.countries}
          onChange={({ currentTarget }) => change({ countries: currentTarget.value })}
        />
        <TextInput
          required
          maxLength={40}
          label={t("office.methods.tax_class")}
          description={t("office.methods.tax_class_hint")}
          value={draft.taxClass}
          onChange={({ currentTarget }) => change({ taxClass: currentTarget.value })}
        />
        {method ? (
          <Switch label={t("office.methods.active")} checked={draft.active} onChange={(e) => change({ active: e.currentTarget.checked })} />
        ) : null}
        <Button type="submit" loading={save.isPending} disabled={draft.name.en.trim() === "" || !hasCountry}>
          {t("office.methods.save")}
        </Button>
      </form>
    </Beside>
  );
}

type FiguresProps = { readonly draft: Draft; readonly currency: string; readonly change: (part: Partial<Draft>) => void };

function Figures({ draft, currency, change }: FiguresProps) {
  return (
    <div className={form.row}>
      <MoneyInput
        required
        label={t("office.methods.price")}
        currency={currency}
        value={draft.price}
        onChange={(price) => change({ price: price ?? 0 })}
      />
      <MoneyInput
        label={t("office.methods.free_from")}
        currency={currency}
        value={draft.freeFrom}
        onChange={(freeFrom) => change({ freeFrom: freeFrom === 0 ? null : freeFrom })}
      />
      <WholeNumber
        required
        min={0}
        max={60}
        label={t("office.methods.days")}
        value={draft.leadDays}
        onChange={(days) => change({ leadDays: days })}
      />
    </div>
  );
}

function draftOf(method: DeliveryMethodView | undefined, entityId: string): Draft {
  return {
    entityId: method?.entityId ?? entityId,
    name: method ? namesOf(method.name) : NO_NAMES,
    price: method?.price.amount ?? 490,
    freeFrom: method?.freeFrom?.amount ?? null,
    countries: (method?.countries ?? []).join(", "),
    leadDays: method?.leadDays ?? 2,
    taxClass: method?.taxClass ?? "goods",
    position: method?.position ?? 0,
    active: method?.active ?? true,
  };
}

function bodyOf({ name, countries, taxClass, ...rest }: Draft) {
  return {
    ...rest,
    name: localized(name),
    countries: codesIn(countries),
    taxClass: taxClass.trim(),
  };
}

/** `fr, DE` is `FR` and `DE`; what is no code is left out. */
function codesIn(text: string): string[] {
  return [...new Set(text.toUpperCase().match(/\b[A-Z]{2}\b/g))];
}
