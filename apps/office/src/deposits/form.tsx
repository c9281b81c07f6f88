import { ActionIcon, Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import IconTrash from "@tabler/icons-react/dist/esm/icons/IconTrash.mjs";
import { useQuery } from "@tanstack/react-query";
import type { BodyOf, DepositView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { editingQuery } from "../catalog/editor/queries.ts";
import { TextInLanguages } from "../catalog/editor/texts.tsx";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { MoneyInput } from "../common/money-input.tsx";
import { placesQuery } from "../common/places.ts";
import { countryName, wordOf } from "../common/text.ts";
import { t } from "../t.ts";
import { DepositGoods } from "./goods.tsx";
import { DEPOSITS_KEY } from "./queries.ts";

type Amount = DepositView["amounts"][number];
type Draft = {
  readonly code: string;
  readonly name: DepositView["name"];
  readonly amounts: readonly Amount[];
  readonly goods: DepositView["goods"];
};
type Props = {
  /** Absent: another one. */
  readonly deposit: DepositView | undefined;
  readonly onDone: (deposit: DepositView) => void;
};

const CODE = /^[a-z0-9][a-z0-9_-]*$/;

/** What a deposit is called, what it is in each country, and which goods carry it. */
export function DepositForm({ deposit, onDone }: Props) {
  const [draft, setDraft] = useState<Draft>(() => deposit ?? { code: "", name: { en: "" }, amounts: [], goods: [] });
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const save = useAct((body: BodyOf<"deposits.save">) => api.ask("deposits.save", { params: { code: draft.code }, body }), [DEPOSITS_KEY]);
  const isReady = CODE.test(draft.code) && draft.name.en.trim() !== "";
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        const body = { name: draft.name, amounts: [...draft.amounts], skus: draft.goods.map(({ sku }) => sku) };
        save.act(body, () => showToast(t("office.saved")), onDone);
      }}
    >
      {deposit ? null : (
        <TextInput
          required
          maxLength={40}
          label={t("office.deposits.code")}
          description={t("office.deposits.code_hint")}
          value={draft.code}
          onChange={({ currentTarget }) => change({ code: currentTarget.value.toLowerCase().replaceAll(/[^a-z0-9_-]/g, "") })}
        />
      )}
      <TextInLanguages label={t("office.deposits.printed")} text={draft.name} isRequired onChange={(name) => change({ name })} />
      <Amounts amounts={draft.amounts} onChange={(amounts) => change({ amounts })} />
      <DepositGoods goods={draft.goods} onChange={(goods) => change({ goods })} />
      <p role="alert" className={form.error}>
        {save.error ? problemText(save.error) : null}
      </p>
      <Button type="submit" loading={save.isPending} disabled={!isReady}>
        {t("office.save")}
      </Button>
    </form>
  );
}

/** One amount for each country that a legal entity of the house is in. Where there is none, nothing is asked for. */
function Amounts({ amounts, onChange }: { readonly amounts: readonly Amount[]; readonly onChange: (amounts: readonly Amount[]) => void }) {
  const entities = useQuery(placesQuery).data?.entities ?? [];
  const taxClasses = useQuery(editingQuery).data?.taxClasses ?? [];
  const open = entities.filter(({ country }, index) => {
    const isFirst = entities.findIndex((other) => other.country === country) === index;
    return isFirst && !amounts.some((one) => one.country === country);
  });
  const put = (index: number, part: Partial<Amount>): void =>
    onChange(amounts.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <>
      <p className={form.quiet}>{t("office.deposits.amounts_hint")}</p>
      <ul className={form.rows}>
        {amounts.map((one, index) => (
          <li key={`${one.country} ${one.amount.currency}`} className={form.stacked}>
            <div className={form.row}>
              <MoneyInput
                required
                label={t("office.deposits.amount_in", { country: countryName(one.country) })}
                currency={one.amount.currency}
                min={1}
                value={one.amount.amount}
                onChange={(amount) => put(index, { amount: { ...one.amount, amount: amount ?? 1 } })}
              />
              <NativeSelect
                label={t("office.deposits.tax_class")}
                value={one.taxClass}
                data={[...new Set([one.taxClass, ...taxClasses])].map((code) => ({
                  value: code,
                  label: wordOf(`office.tax_class.${code}`, code),
                }))}
                onChange={({ currentTarget }) => put(index, { taxClass: currentTarget.value })}
              />
              <ActionIcon
                variant="default"
                size="input-sm"
                aria-label={t("office.deposits.without", { country: countryName(one.country) })}
                onClick={() => onChange(amounts.filter((_, at) => at !== index))}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </div>
            <Checkbox
              label={t("office.deposits.follows_goods")}
              checked={one.followsGoods}
              onChange={({ currentTarget }) => put(index, { followsGoods: currentTarget.checked })}
            />
          </li>
        ))}
      </ul>
      <div className={form.row}>
        {open.map(({ country, currency }) => (
          <Button
            key={country}
            size="xs"
            variant="default"
            onClick={() =>
              onChange([...amounts, { country, amount: { amount: 25, currency }, followsGoods: true, taxClass: taxClasses[0] ?? "" }])
            }
          >
            {t("office.deposits.add_country", { country: countryName(country) })}
          </Button>
        ))}
      </div>
    </>
  );
}
