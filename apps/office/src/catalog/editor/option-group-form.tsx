import { Button, NumberInput } from "@mantine/core";
import type { EditedOptionGroupView } from "@weft/contracts/client";
import { newId } from "@weft/kernel";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../../api.ts";
import { useAct } from "../../common/act.ts";
import form from "../../common/form.module.css";
import { MoneyInput } from "../../common/money-input.tsx";
import { inLanguage } from "../../common/text.ts";
import { t } from "../../t.ts";
import { ChoiceForm, CodeInput } from "./choice-form.tsx";
import { moved } from "./draft.ts";
import styles from "./editor.module.css";
import { ifMatch } from "./queries.ts";
import { TextInLanguages } from "./texts.tsx";

type Value = EditedOptionGroupView["values"][number];
type Draft = Pick<EditedOptionGroupView, "code" | "name" | "minimum" | "maximum" | "values">;

const emptyValue = (currency: string): Value => ({
  code: "",
  name: { en: "" },
  priceDifference: { amount: 0, currency },
  variantId: null,
  prepSeconds: 0,
});
const emptyGroup = (currency: string): Draft => ({ code: "", name: { en: "" }, minimum: 0, maximum: 1, values: [emptyValue(currency)] });

type Props = { readonly group: EditedOptionGroupView | null; readonly currency: string; readonly onClose: () => void };

/** A choice made when ordering, with what each value costs more or less. Every product that asks it follows. */
export function OptionGroupForm({ group, currency, onClose }: Props) {
  const [draft, setDraft] = useState<Draft>(group ?? emptyGroup(currency));
  const [id] = useState(() => group?.id ?? newId());
  const change = (given: Partial<Draft>): void => setDraft({ ...draft, ...given });
  const save = useAct(
    ({ code, name, minimum, maximum, values }: Draft) =>
      api.ask("catalog.saveOptionGroup", {
        params: { id },
        body: { code, name, minimum, maximum, values },
        headers: ifMatch(group?.version ?? null),
      }),
    [["catalog"]],
  );
  return (
    <ChoiceForm
      title={group ? inLanguage(group.name) : t("office.catalog.new_option_group")}
      about={group ? t("office.catalog.asked_by", { count: group.products }) : undefined}
      saving={save}
      onSave={() => save.act(draft, () => showToast(t("office.saved")), onClose)}
      onClose={onClose}
    >
      <TextInLanguages label={t("office.catalog.option_name")} isRequired text={draft.name} onChange={(name) => change({ name })} />
      <div className={form.row}>
        <CodeInput value={draft.code} onChange={(code) => change({ code })} />
        <NumberInput
          size="xs"
          label={t("office.catalog.at_least")}
          min={0}
          max={20}
          value={draft.minimum}
          onChange={(minimum) => change({ minimum: Number(minimum) || 0 })}
        />
        <NumberInput
          size="xs"
          label={t("office.catalog.at_most")}
          min={1}
          max={20}
          value={draft.maximum}
          onChange={(maximum) => change({ maximum: Number(maximum) || 1 })}
        />
      </div>
      <Values values={draft.values} currency={currency} onChange={(values) => change({ values })} />
    </ChoiceForm>
  );
}

type ValuesProps = { readonly values: Value[]; readonly currency: string; readonly onChange: (values: Value[]) => void };

function Values({ values, currency, onChange }: ValuesProps) {
  const change = (index: number, given: Partial<Value>): void =>
    onChange(values.map((value, nth) => (nth === index ? { ...value, ...given } : value)));
  return (
    <>
      <ul className={styles.list}>
        {values.map((value, index) => (
          // A value has no id of its own: its place in the list is what it is called while it is typed.
          // oxlint-disable-next-line react/no-array-index-key -- see above
          <li key={index}>
            <TextInLanguages label={t("office.catalog.value")} isRequired text={value.name} onChange={(name) => change(index, { name })} />
            <div className={form.row}>
              <CodeInput value={value.code} onChange={(code) => change(index, { code })} />
              <MoneyInput
                label={t("office.catalog.price_difference")}
                currency={value.priceDifference.currency}
                min={-1_000_000}
                value={value.priceDifference.amount}
                onChange={(amount) => change(index, { priceDifference: { ...value.priceDifference, amount: amount ?? 0 } })}
              />
              <NumberInput
                size="xs"
                label={t("office.catalog.value_seconds")}
                min={0}
                max={3600}
                allowDecimal={false}
                value={value.prepSeconds}
                onChange={(seconds) => change(index, { prepSeconds: Number(seconds) || 0 })}
              />
            </div>
            <div className={styles.row}>
              <Button size="compact-xs" variant="default" disabled={index === 0} onClick={() => onChange(moved(values, index, -1))}>
                {t("office.catalog.earlier")}
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                disabled={values.length === 1}
                onClick={() => onChange(values.filter((_, nth) => nth !== index))}
              >
                {t("office.catalog.remove_value")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <div>
        <Button size="xs" variant="default" onClick={() => onChange([...values, emptyValue(currency)])}>
          {t("office.catalog.add_value")}
        </Button>
      </div>
    </>
  );
}
