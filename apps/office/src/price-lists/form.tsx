import { Button, Checkbox, NumberInput, TextInput } from "@mantine/core";
import type { BodyOf, PriceListView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { ScopeFields } from "../promotions/scope.tsx";
import { t } from "../t.ts";
import { PRICES_KEY } from "./queries.ts";

type Body = BodyOf<"prices.createList">;
type Draft = Omit<PriceListView, "id" | "prices">;
type Props = {
  /** Absent: another one. */
  readonly list?: PriceListView;
  readonly onDone: (list: PriceListView) => void;
};

const EMPTY: Draft = {
  name: "",
  currency: "EUR",
  taxIncluded: true,
  priority: 0,
  validFrom: null,
  validTo: null,
  placeIds: [],
  groupIds: [],
  channelIds: [],
  customerGroups: [],
};

/** What a price list is called and where, for whom and when it holds. */
export function PriceListForm({ list, onDone }: Props) {
  const [draft, setDraft] = useState<Draft>(() => list ?? EMPTY);
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const save = useAct(() => {
    const body = bodyOf(draft);
    return list ? api.ask("prices.updateList", { params: { id: list.id }, body }) : api.ask("prices.createList", { body });
  }, [PRICES_KEY]);
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, { onSuccess: onDone });
      }}
    >
      <TextInput
        required
        maxLength={120}
        label={t("office.price_lists.name")}
        value={draft.name}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      />
      <div className={form.row}>
        <TextInput
          required
          maxLength={3}
          label={t("office.price_lists.currency")}
          value={draft.currency}
          onChange={({ currentTarget }) => change({ currency: currentTarget.value.toUpperCase() })}
        />
        <NumberInput
          min={-1000}
          max={1000}
          allowDecimal={false}
          label={t("office.promotions.priority")}
          value={draft.priority}
          onChange={(priority) => change({ priority: Number(priority) })}
        />
      </div>
      <Checkbox
        label={t("office.price_lists.tax_included")}
        checked={draft.taxIncluded}
        onChange={({ currentTarget }) => change({ taxIncluded: currentTarget.checked })}
      />
      <Validity draft={draft} change={change} />
      <p role="alert" className={form.error}>
        {save.error ? problemText(save.error) : null}
      </p>
      <Button type="submit" loading={save.isPending} disabled={draft.name.trim() === "" || !/^[A-Z]{3}$/.test(draft.currency)}>
        {t("office.promotions.save")}
      </Button>
    </form>
  );
}

function Validity({ draft, change }: { readonly draft: Draft; readonly change: (part: Partial<Draft>) => void }) {
  return (
    <>
      <div className={form.row}>
        {(["validFrom", "validTo"] as const).map((end) => (
          <TextInput
            key={end}
            type="date"
            label={t(end === "validFrom" ? "office.promotions.valid_from" : "office.promotions.valid_to")}
            value={draft[end]?.slice(0, 10) ?? ""}
            onChange={({ currentTarget }) => change({ [end]: currentTarget.value === "" ? null : `${currentTarget.value}T00:00:00Z` })}
          />
        ))}
      </div>
      <ScopeFields scope={draft} onChange={change} />
    </>
  );
}

function bodyOf({ name, ...draft }: Draft): Body {
  const { currency, taxIncluded, priority, validFrom, validTo, placeIds, groupIds, channelIds, customerGroups } = draft;
  return { name: name.trim(), currency, taxIncluded, priority, validFrom, validTo, placeIds, groupIds, channelIds, customerGroups };
}
