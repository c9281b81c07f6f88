import { MultiSelect, NativeSelect, NumberInput, Switch, TagsInput, TextInput } from "@mantine/core";
import type { AnswerOf, ProductDraftView } from "@weft/contracts/client";
import { inLanguage, wordOf } from "../../common/text.ts";
import { t } from "../../t.ts";
import styles from "./editor.module.css";

export type Editing = AnswerOf<"catalog.editing">;

const CHARGED_WHEN = ["house", "order", "dispatch"] as const;

type Props = {
  readonly draft: ProductDraftView;
  readonly editing: Editing;
  /** In what it is measured and whether it is counted is said once. */
  readonly isNew: boolean;
  readonly onChange: (change: Partial<ProductDraftView>) => void;
};

/** Where the product stands, how it is taxed, measured, made and sent. */
export function FactsPart({ draft, editing, isNew, onChange }: Props) {
  return (
    <>
      <div className={styles.fields}>
        <NativeSelect
          size="xs"
          label={t("office.catalog.category")}
          value={draft.categoryId}
          data={editing.categories.map(({ id, name }) => ({ value: id, label: inLanguage(name) }))}
          onChange={({ currentTarget }) => onChange({ categoryId: currentTarget.value })}
        />
        <TextInput
          size="xs"
          required
          label={t("office.catalog.slug")}
          pattern="[A-Za-z0-9%._~\-]+"
          maxLength={120}
          value={draft.slug}
          onChange={({ currentTarget }) => onChange({ slug: currentTarget.value })}
        />
        <TextInput
          size="xs"
          label={t("office.catalog.brand")}
          maxLength={70}
          value={draft.brand}
          onChange={({ currentTarget }) => onChange({ brand: currentTarget.value })}
        />
        <NativeSelect
          size="xs"
          label={t("office.catalog.tax_class")}
          value={draft.taxClass}
          data={[...new Set([draft.taxClass, ...editing.taxClasses])].map((code) => ({
            value: code,
            label: wordOf(`office.tax_class.${code}`, code),
          }))}
          onChange={({ currentTarget }) => onChange({ taxClass: currentTarget.value })}
        />
        <NativeSelect
          size="xs"
          label={t("office.catalog.unit")}
          disabled={!isNew}
          value={draft.unit}
          data={(["piece", "gram"] as const).map((unit) => ({ value: unit, label: t(`office.catalog.unit.${unit}`) }))}
          onChange={({ currentTarget }) => onChange({ unit: currentTarget.value === "gram" ? "gram" : "piece" })}
        />
        <NativeSelect
          size="xs"
          label={t("office.catalog.charged_when")}
          value={draft.chargedWhen}
          data={CHARGED_WHEN.map((value) => ({ value, label: t(`office.catalog.charged_when.${value}`) }))}
          onChange={({ currentTarget }) => onChange({ chargedWhen: CHARGED_WHEN.find((one) => one === currentTarget.value) ?? "house" })}
        />
        <NativeSelect
          size="xs"
          label={t("office.catalog.kind")}
          disabled={!isNew}
          value={draft.kind}
          data={(["goods", "service"] as const).map((kind) => ({ value: kind, label: t(`office.catalog.kind.${kind}`) }))}
          onChange={({ currentTarget }) =>
            onChange(
              currentTarget.value === "service" ? { kind: "service", tracked: false, shippable: false, unit: "piece" } : { kind: "goods" },
            )
          }
        />
        <NumberInput
          size="xs"
          label={t("office.catalog.prep_seconds")}
          min={0}
          max={86_400}
          allowDecimal={false}
          value={draft.prepSeconds}
          onChange={(seconds) => onChange({ prepSeconds: Number(seconds) || 0 })}
        />
        {draft.prepSeconds > 0 ? (
          <NumberInput
            size="xs"
            label={t("office.catalog.batch_percent")}
            description={t("office.catalog.batch_percent_about")}
            min={0}
            max={100}
            suffix=" %"
            allowDecimal={false}
            value={draft.batchPercent}
            onChange={(percent) => onChange({ batchPercent: typeof percent === "number" ? percent : 100 })}
          />
        ) : null}
        <TagsInput
          size="xs"
          label={t("office.catalog.allergens")}
          data={editing.allergens}
          value={draft.allergens}
          onChange={(allergens) => onChange({ allergens: allergens.map((one) => one.toLowerCase().trim().replaceAll(/\s+/g, "_")) })}
        />
        <MultiSelect
          size="xs"
          label={t("office.catalog.options")}
          data={editing.optionGroups.map(({ id, name }) => ({ value: id, label: inLanguage(name) }))}
          value={draft.optionGroupIds}
          onChange={(optionGroupIds) => onChange({ optionGroupIds })}
        />
      </div>
      <div className={styles.row}>
        <Switch
          size="xs"
          label={t("office.catalog.active")}
          checked={draft.active}
          onChange={({ currentTarget }) => onChange({ active: currentTarget.checked })}
        />
        <Switch
          size="xs"
          label={t("office.catalog.counted")}
          disabled={!isNew}
          checked={draft.tracked}
          onChange={({ currentTarget }) => onChange({ tracked: currentTarget.checked })}
        />
        <Switch
          size="xs"
          label={t("office.catalog.shippable")}
          disabled={!draft.tracked}
          checked={draft.shippable}
          onChange={({ currentTarget }) => onChange({ shippable: currentTarget.checked })}
        />
      </div>
    </>
  );
}
