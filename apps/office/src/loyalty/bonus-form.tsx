import { Button, Checkbox, MultiSelect, NativeSelect, NumberInput } from "@mantine/core";
import type { BonusTermsView } from "@weft/contracts/client";
import { useState } from "react";
import { Beside, Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { NameFields } from "../common/name-fields.tsx";
import { WholeNumber } from "../common/whole-number.tsx";
import { Minimum, Number as Count, When } from "../promotions/conditions.tsx";
import { InWords } from "../promotions/in-words.tsx";
import { useGoodsOptions, useNames } from "../promotions/names.ts";
import { ScopeFields } from "../promotions/scope.tsx";
import { t } from "../t.ts";
import { BONUS_KINDS, draftOfBonus, LIMIT_PERIODS, STREAK_PERIODS, newBonus, termsOfBonus, type BonusDraft } from "./bonus-draft.ts";
import { bonusWords } from "./bonus-words.ts";

type Props = {
  /** Absent: another one. */
  readonly bonus: BonusTermsView | undefined;
  readonly currency: string;
  readonly onDone: (bonus: BonusTermsView) => void;
  readonly onClose: () => void;
};

type DraftProps = { readonly draft: BonusDraft; readonly change: (part: Partial<BonusDraft>) => void };

/** One bonus of the draft: nothing is kept by the hub until the draft is published. */
export function BonusForm({ bonus, currency, onDone, onClose }: Props) {
  const [draft, setDraft] = useState(() => (bonus ? draftOfBonus(bonus, currency) : newBonus(currency)));
  const change = (part: Partial<BonusDraft>): void => setDraft({ ...draft, ...part });
  const nameOf = useNames();
  const terms = termsOfBonus(draft);
  return (
    <Beside title={t(bonus ? "office.loyalty.change_bonus" : "office.loyalty.add_bonus")} onClose={onClose}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          onDone(terms);
        }}
      >
        <NameFields
          maxLength={120}
          label={(language) => t("office.promotions.name", { language })}
          names={draft.name}
          onChange={(name) => change({ name })}
        />
        <Gift draft={draft} change={change} />
        <Part title={t("office.promotions.conditions")}>
          <div className={form.form}>
            <Minimum draft={draft} change={change} />
            <When draft={draft} change={change} />
            <ScopeFields scope={draft} onChange={change} />
            <OfMember draft={draft} change={change} />
          </div>
        </Part>
        <InWords sentences={bonusWords(terms, currency, nameOf)} />
        <Button type="submit">{t("office.loyalty.into_draft")}</Button>
      </form>
    </Beside>
  );
}

function Gift({ draft, change }: DraftProps) {
  const options = useGoodsOptions();
  return (
    <>
      <NativeSelect
        label={t("office.loyalty.bonus_kind")}
        value={draft.kind}
        data={BONUS_KINDS.map((kind) => ({ value: kind, label: t(`office.loyalty.bonus.${kind}`) }))}
        onChange={({ currentTarget }) => change({ kind: BONUS_KINDS.find((kind) => kind === currentTarget.value) ?? "multiply" })}
      />
      <div className={form.row}>
        {draft.kind === "multiply" ? (
          <NumberInput
            required
            min={1.01}
            max={20}
            step={0.5}
            decimalScale={2}
            label={t("office.loyalty.bonus_times")}
            value={draft.times}
            onChange={(times) => change({ times: Number(times) })}
          />
        ) : (
          <WholeNumber
            required
            min={1}
            max={100_000}
            label={t("office.loyalty.points")}
            value={draft.points}
            onChange={(points) => change({ points })}
          />
        )}
        {draft.kind === "per_piece" ? (
          <WholeNumber
            required
            min={1}
            max={1000}
            label={t("office.loyalty.bonus_every")}
            value={draft.every}
            onChange={(every) => change({ every })}
          />
        ) : null}
      </div>
      {draft.kind === "per_piece" ? (
        <Checkbox
          label={t("office.loyalty.carries")}
          checked={draft.carries}
          onChange={({ currentTarget }) => change({ carries: currentTarget.checked })}
        />
      ) : null}
      <MultiSelect
        searchable
        clearable
        label={t("office.promotions.goods")}
        data={options}
        value={[...draft.goods]}
        onChange={(goods) => change({ goods })}
      />
    </>
  );
}

function OfMember({ draft, change }: DraftProps) {
  return (
    <>
      <Checkbox
        label={t("office.promotions.first_order")}
        checked={draft.firstOrder}
        onChange={({ currentTarget }) => change({ firstOrder: currentTarget.checked })}
      />
      <Checkbox
        label={t("office.loyalty.birthday")}
        checked={draft.isBirthday}
        onChange={({ currentTarget }) => change({ isBirthday: currentTarget.checked })}
      />
      {draft.isBirthday ? (
        <WholeNumber
          min={0}
          max={31}
          label={t("office.loyalty.birthday_days")}
          value={draft.birthdayDays}
          onChange={(days) => change({ birthdayDays: days })}
        />
      ) : null}
      <div className={form.row}>
        <Count label={t("office.loyalty.visits")} value={draft.visits} onChange={(visits) => change({ visits })} />
        {draft.visits === null ? null : (
          <Count label={t("office.loyalty.visit_days")} value={draft.visitDays} onChange={(days) => change({ visitDays: days ?? 30 })} />
        )}
      </div>
      <div className={form.row}>
        <Count label={t("office.loyalty.streak")} value={draft.streak} onChange={(streak) => change({ streak })} />
        {draft.streak === null ? null : (
          <NativeSelect
            label={t("office.loyalty.streak_per")}
            value={draft.streakPer}
            data={STREAK_PERIODS.map((per) => ({ value: per, label: t(`office.loyalty.streak_per.${per}`) }))}
            onChange={({ currentTarget }) => change({ streakPer: STREAK_PERIODS.find((per) => per === currentTarget.value) ?? "week" })}
          />
        )}
      </div>
      <div className={form.row}>
        <Count label={t("office.loyalty.limit")} value={draft.limitTimes} onChange={(limitTimes) => change({ limitTimes })} />
        {draft.limitTimes === null ? null : (
          <NativeSelect
            label={t("office.loyalty.limit_per")}
            value={draft.limitPer}
            data={LIMIT_PERIODS.map((per) => ({ value: per, label: t(`office.loyalty.per.${per}`) }))}
            onChange={({ currentTarget }) => change({ limitPer: LIMIT_PERIODS.find((per) => per === currentTarget.value) ?? "year" })}
          />
        )}
      </div>
      <Checkbox
        label={t("office.loyalty.stops")}
        description={t("office.loyalty.stops_hint")}
        checked={draft.stops}
        onChange={({ currentTarget }) => change({ stops: currentTarget.checked })}
      />
    </>
  );
}
