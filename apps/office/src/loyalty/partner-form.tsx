import { Button, Checkbox, CopyButton, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { PartnerTermsView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { MoneyInput } from "../common/money-input.tsx";
import { placesQuery } from "../common/places.ts";
import { WholeNumber } from "../common/whole-number.tsx";
import { t } from "../t.ts";
import { PointsRow } from "./points-row.tsx";
import { PARTNERS_KEY } from "./program-query.ts";

/** Another firm with whom members earn: its terms, and then its key, which is shown once. */
export function PartnerForm({ onClose }: { readonly onClose: () => void }) {
  const entities = useQuery(placesQuery).data?.entities ?? [];
  const [draft, setDraft] = useState<{ name: string; entityId: string | null; terms: PartnerTermsView | null }>({
    name: "",
    entityId: null,
    terms: null,
  });
  const entity = entities.find(({ id }) => id === draft.entityId) ?? entities[0];
  const terms = draft.terms ?? {
    points: 1,
    perMinorUnits: 100,
    currency: entity?.currency ?? "EUR",
    charge: 100,
    most: 1000,
    countsForTiers: false,
    burn: null,
  };
  const add = useAct((entityId: string) => api.ask("loyalty.addPartner", { body: { name: draft.name, entityId, terms } }), [PARTNERS_KEY]);
  return (
    <Beside title={t("office.partners.add")} onClose={onClose}>
      {add.data ? (
        <PartnerKey value={add.data.key} />
      ) : (
        <form
          className={form.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (entity) add.mutate(entity.id);
          }}
        >
          <TextInput
            required
            maxLength={80}
            label={t("office.partners.name")}
            value={draft.name}
            onChange={({ currentTarget }) => setDraft({ ...draft, name: currentTarget.value })}
          />
          <NativeSelect
            label={t("office.partners.entity")}
            value={entity?.id ?? ""}
            data={entities.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={({ currentTarget }) => setDraft({ ...draft, entityId: currentTarget.value, terms: null })}
          />
          <PartnerTermsFields terms={terms} onChange={(changed) => setDraft({ ...draft, terms: changed })} />
          <p role="alert" className={form.error}>
            {add.error ? problemText(add.error) : null}
          </p>
          <Button type="submit" loading={add.isPending} disabled={!entity}>
            {t("office.partners.add")}
          </Button>
        </form>
      )}
    </Beside>
  );
}

type FieldsProps = { readonly terms: PartnerTermsView; readonly onChange: (terms: PartnerTermsView) => void };

export function PartnerTermsFields({ terms, onChange }: FieldsProps) {
  return (
    <>
      <PointsRow
        points={terms.points}
        mostPoints={1000}
        amount={terms.perMinorUnits}
        amountLabel={t("office.loyalty.per")}
        currency={terms.currency}
        onPoints={(points) => onChange({ ...terms, points })}
        onAmount={(perMinorUnits) => onChange({ ...terms, perMinorUnits })}
      />
      <div className={form.row}>
        <MoneyInput
          required
          max={1_000_000}
          label={t("office.partners.charge")}
          currency={terms.currency}
          value={terms.charge}
          onChange={(charge) => onChange({ ...terms, charge: charge ?? 0 })}
        />
        <WholeNumber
          required
          min={1}
          max={1_000_000}
          label={t("office.partners.most")}
          value={terms.most}
          onChange={(most) => onChange({ ...terms, most })}
        />
      </div>
      <Checkbox
        label={t("office.partners.tiers")}
        checked={terms.countsForTiers}
        onChange={({ currentTarget }) => onChange({ ...terms, countsForTiers: currentTarget.checked })}
      />
      <Checkbox
        label={t("office.partners.pays")}
        checked={terms.burn !== null}
        onChange={({ currentTarget }) =>
          onChange({ ...terms, burn: currentTarget.checked ? { pays: terms.charge || 1, most: 1000 } : null })
        }
      />
      {terms.burn ? <BurnFields terms={terms} burn={terms.burn} onChange={onChange} /> : null}
    </>
  );
}

/** What points pay at the partner, for which it is owed money, and how many at most. */
function BurnFields({ terms, burn, onChange }: FieldsProps & { readonly burn: NonNullable<PartnerTermsView["burn"]> }) {
  return (
    <div className={form.row}>
      <MoneyInput
        required
        min={1}
        max={1_000_000}
        label={t("office.partners.pays_for")}
        currency={terms.currency}
        value={burn.pays}
        onChange={(pays) => onChange({ ...terms, burn: { ...burn, pays: pays ?? 1 } })}
      />
      <WholeNumber
        required
        min={1}
        max={1_000_000}
        label={t("office.partners.pays_most")}
        value={burn.most}
        onChange={(most) => onChange({ ...terms, burn: { ...burn, most } })}
      />
    </div>
  );
}

/** The key of a partner's system: only its hash is kept, so it is shown once. */
export function PartnerKey({ value }: { readonly value: string }) {
  return (
    <div className={form.form} role="status">
      <strong>{t("office.partners.key_once")}</strong>
      <code className={form.raw}>{value}</code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy}>
            {copied ? t("office.copied") : t("office.copy")}
          </Button>
        )}
      </CopyButton>
      <p className={form.quiet}>{t("office.partners.key_use")}</p>
    </div>
  );
}
