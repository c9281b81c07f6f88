import { Button, MultiSelect, NativeSelect, NumberInput } from "@mantine/core";
import type { PromotionView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { MoneyInput } from "../common/money-input.tsx";
import { NameFields } from "../common/name-fields.tsx";
import { WholeNumber } from "../common/whole-number.tsx";
import { t } from "../t.ts";
import { Conditions } from "./conditions.tsx";
import { draftOf, KINDS, termsOf, whatIsMissing, type DraftPart, type PromotionDraft } from "./draft.ts";
import { InWords } from "./in-words.tsx";
import { useGoodsOptions, useNames } from "./names.ts";
import { PROMOTIONS_KEY } from "./queries.ts";
import { summaryOf } from "./summary.ts";
import { TryOut } from "./try-out.tsx";

type Props = {
  /** Absent: another one. */
  readonly promotion?: PromotionView;
  readonly onDone: (promotion: PromotionView) => void;
};

export type DraftProps = { readonly draft: PromotionDraft; readonly change: (part: Partial<PromotionDraft>) => void };

/** All that a promotion is, in plain language before it is saved, and tried on a cart. */
export function PromotionForm({ promotion, onDone }: Props) {
  const [draft, setDraft] = useState(() => draftOf(promotion));
  const change = (part: Partial<PromotionDraft>): void => setDraft({ ...draft, ...part });
  const nameOf = useNames();
  const terms = termsOf(draft);
  const missing = whatIsMissing(draft);
  const save = useAct(
    () =>
      promotion
        ? api.ask("promotions.update", { params: { id: promotion.id }, body: { version: promotion.version, terms } })
        : api.ask("promotions.create", { body: terms }),
    [PROMOTIONS_KEY],
  );
  return (
    <>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing) save.mutate(undefined, { onSuccess: onDone });
        }}
      >
        <NameFields
          maxLength={120}
          label={(language) => t("office.promotions.name", { language })}
          names={draft.name}
          onChange={(name) => change({ name })}
        />
        <Benefit draft={draft} change={change} />
        <Conditions draft={draft} change={change} />
        <InWords sentences={summaryOf(terms, nameOf)} />
        <p role="alert" className={form.error}>
          {save.error ? problemText(save.error) : null}
        </p>
        <Button type="submit" loading={save.isPending} disabled={missing !== null}>
          {t("office.promotions.save")}
        </Button>
      </form>
      <TryOut promotion={missing ? null : { id: promotion?.id ?? null, terms }} />
    </>
  );
}

function Benefit({ draft, change }: DraftProps) {
  const { kind, percent, buy, get } = draft;
  return (
    <>
      <NativeSelect
        label={t("office.promotions.kind")}
        value={kind}
        data={KINDS.map((one) => ({ value: one, label: t(`office.promotions.kind.${one}`) }))}
        onChange={({ currentTarget }) => change({ kind: KINDS.find((one) => one === currentTarget.value) ?? "percentage" })}
      />
      {kind === "buy_get" || kind === "cheapest_free" ? (
        <div className={form.row}>
          <Count
            label={t(kind === "buy_get" ? "office.promotions.buy" : "office.promotions.of")}
            value={buy}
            onChange={(next) => change({ buy: next })}
          />
          {kind === "buy_get" ? <Count label={t("office.promotions.get")} value={get} onChange={(next) => change({ get: next })} /> : null}
        </div>
      ) : null}
      {kind === "percentage" || kind === "buy_get" ? (
        <NumberInput
          required
          min={0.01}
          max={100}
          decimalScale={2}
          label={t("office.promotions.percent")}
          value={percent}
          onChange={(next) => change({ percent: Number(next) })}
        />
      ) : null}
      {kind === "amount_piece" || kind === "amount_cart" || kind === "fixed_price" || kind === "bundle" ? (
        <MoneyInput
          required
          label={t(kind === "fixed_price" || kind === "bundle" ? "office.promotions.price" : "office.promotions.amount")}
          currency={draft.currency}
          value={draft.amount}
          onChange={(amount) => change({ amount })}
        />
      ) : null}
      <Goods draft={draft} change={change} />
    </>
  );
}

function Count(field: { readonly label: string; readonly value: number; readonly onChange: (value: number) => void }) {
  return <WholeNumber required min={1} max={100} {...field} />;
}

function Goods({ draft, change }: DraftProps) {
  const options = useGoodsOptions();
  const choice = (label: string, value: readonly string[], onChange: (next: string[]) => void) => (
    <MultiSelect searchable clearable label={label} data={options} value={[...value]} onChange={onChange} />
  );
  if (draft.kind === "bundle")
    return (
      <>
        {draft.parts.map((part, index) => {
          const put = (next: Partial<DraftPart>): void =>
            change({ parts: draft.parts.map((other, at) => (at === index ? { ...other, ...next } : other)) });
          const label = t("office.promotions.part", { number: index + 1 });
          return (
            <div key={label} className={form.row}>
              <Count label={t("office.promotions.quantity")} value={part.pieces} onChange={(pieces) => put({ pieces })} />
              {choice(label, part.goods, (goods) => put({ goods }))}
            </div>
          );
        })}
        <Button
          variant="default"
          size="xs"
          disabled={draft.parts.length >= 6}
          onClick={() => change({ parts: [...draft.parts, { goods: [], pieces: 1 }] })}
        >
          {t("office.promotions.add_part")}
        </Button>
      </>
    );
  return (
    <>
      {choice(t("office.promotions.goods"), draft.goods, (goods) => change({ goods }))}
      {draft.kind === "buy_get" ? choice(t("office.promotions.get_goods"), draft.getGoods, (getGoods) => change({ getGoods })) : null}
    </>
  );
}
