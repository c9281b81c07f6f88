import { Checkbox, MultiSelect, NumberInput, TextInput } from "@mantine/core";
import { Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { MoneyInput } from "../common/money-input.tsx";
import { t } from "../t.ts";
import type { PromotionDraft } from "./draft.ts";
import type { DraftProps } from "./form.tsx";
import { ScopeFields } from "./scope.tsx";
import { weekdayName } from "./summary.ts";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

/** When, where, for whom, and how often. */
export function Conditions({ draft, change }: DraftProps) {
  return (
    <>
      <Part title={t("office.promotions.conditions")}>
        <div className={form.form}>
          <Minimum draft={draft} change={change} />
          <When draft={draft} change={change} />
          <Whom draft={draft} change={change} />
        </div>
      </Part>
      <Part title={t("office.promotions.limits")}>
        <div className={form.form}>
          <Limits draft={draft} change={change} />
        </div>
      </Part>
    </>
  );
}

type PartProps<Field extends keyof PromotionDraft> = {
  readonly draft: Pick<PromotionDraft, Field>;
  readonly change: (part: Partial<Pick<PromotionDraft, Field>>) => void;
};

/** What the goods must cost, and how many of them are needed. */
export function Minimum({ draft, change }: PartProps<"currency" | "minimum" | "minimumPieces">) {
  return (
    <div className={form.row}>
      <MoneyInput
        label={t("office.promotions.minimum")}
        currency={draft.currency}
        value={draft.minimum}
        onChange={(minimum) => change({ minimum })}
      />
      <Number
        label={t("office.promotions.minimum_pieces")}
        value={draft.minimumPieces}
        onChange={(minimumPieces) => change({ minimumPieces })}
      />
    </div>
  );
}

type NumberProps = { readonly label: string; readonly value: number | null; readonly onChange: (value: number | null) => void };

export function Number({ label, value, onChange }: NumberProps) {
  return (
    <NumberInput
      min={1}
      allowDecimal={false}
      label={label}
      value={value ?? ""}
      onChange={(next) => onChange(next === "" ? null : globalThis.Number(next))}
    />
  );
}

/** From when to when, and at which hours of the store. */
export function When({ draft, change }: PartProps<"validFrom" | "validTo" | "weekdays" | "from" | "to">) {
  return (
    <>
      <div className={form.row}>
        {(["validFrom", "validTo"] as const).map((end) => (
          <TextInput
            key={end}
            type="datetime-local"
            label={t(end === "validFrom" ? "office.promotions.valid_from" : "office.promotions.valid_to")}
            value={draft[end]}
            onChange={({ currentTarget }) => change({ [end]: currentTarget.value })}
          />
        ))}
      </div>
      <MultiSelect
        clearable
        label={t("office.promotions.weekdays")}
        description={t("office.promotions.weekdays_hint")}
        data={WEEKDAYS.map((day) => ({ value: String(day), label: weekdayName(day) }))}
        value={[...draft.weekdays]}
        onChange={(weekdays) => change({ weekdays })}
      />
      {draft.weekdays.length > 0 ? (
        <div className={form.row}>
          <TextInput
            type="time"
            required
            label={t("office.promotions.from")}
            value={draft.from}
            onChange={({ currentTarget }) => change({ from: currentTarget.value })}
          />
          <TextInput
            type="time"
            required
            label={t("office.promotions.to")}
            value={draft.to}
            onChange={({ currentTarget }) => change({ to: currentTarget.value })}
          />
        </div>
      ) : null}
    </>
  );
}

function Whom({ draft, change }: DraftProps) {
  return (
    <>
      <ScopeFields scope={draft} onChange={change} />
      {(["firstOrder", "needsCode"] as const).map((flag) => (
        <Checkbox
          key={flag}
          label={t(flag === "firstOrder" ? "office.promotions.first_order" : "office.promotions.needs_code")}
          checked={draft[flag]}
          onChange={({ currentTarget }) => change({ [flag]: currentTarget.checked })}
        />
      ))}
    </>
  );
}

function Limits({ draft, change }: DraftProps) {
  return (
    <>
      <div className={form.row}>
        <Number label={t("office.promotions.maximum_uses")} value={draft.maximumUses} onChange={(maximumUses) => change({ maximumUses })} />
        <Number
          label={t("office.promotions.maximum_per_customer")}
          value={draft.maximumUsesPerCustomer}
          onChange={(maximumUsesPerCustomer) => change({ maximumUsesPerCustomer })}
        />
      </div>
      <MoneyInput
        label={t("office.promotions.maximum_amount")}
        currency={draft.currency}
        value={draft.maximumAmount}
        onChange={(maximumAmount) => change({ maximumAmount })}
      />
      <Checkbox
        label={t("office.promotions.exclusive")}
        description={t("office.promotions.exclusive_hint")}
        checked={draft.exclusive}
        onChange={({ currentTarget }) => change({ exclusive: currentTarget.checked })}
      />
      <NumberInput
        min={-1000}
        max={1000}
        allowDecimal={false}
        label={t("office.promotions.priority")}
        description={t("office.promotions.priority_hint")}
        value={draft.priority}
        onChange={(priority) => change({ priority: globalThis.Number(priority) })}
      />
    </>
  );
}
