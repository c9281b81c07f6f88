import { Button, MultiSelect, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { BodyOf } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { MoneyInput } from "../common/money-input.tsx";
import { NameFields } from "../common/name-fields.tsx";
import { localized, NO_NAMES, type Names } from "../common/names.ts";
import { inLanguage } from "../common/text.ts";
import { WholeNumber } from "../common/whole-number.tsx";
import { t } from "../t.ts";
import { programQuery, PROGRAM_KEY } from "./program-query.ts";

type Body = BodyOf<"loyalty.createReward">;
const KINDS = ["product", "amount", "percentage"] as const;

type Draft = {
  readonly name: Names;
  readonly points: number;
  readonly kind: (typeof KINDS)[number];
  /** Minor units. */
  readonly amount: number;
  readonly percent: number;
  readonly productIds: readonly string[];
};

const EMPTY: Draft = { name: NO_NAMES, points: 50, kind: "amount", amount: 500, percent: 10, productIds: [] };
const MOST_PRODUCTS = 100;

const goodsQuery = {
  queryKey: ["products", "for rewards"],
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    (await api.ask("catalog.listForOffice", { query: { limit: MOST_PRODUCTS }, signal })).items,
};

/** A new reward. It is not edited later: it is ended, and another one made. */
export function RewardForm({ onClose }: { readonly onClose: () => void }) {
  const [draft, setDraft] = useState(EMPTY);
  const goods = useQuery(goodsQuery).data ?? [];
  const currency = useQuery(programQuery).data?.earnRules[0]?.currency ?? "EUR";
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const create = useAct((body: Body) => api.ask("loyalty.createReward", { body }), [PROGRAM_KEY]);
  const variantIds = goods.filter(({ id }) => draft.productIds.includes(id)).flatMap(({ variants }) => variants.map(({ id }) => id));
  return (
    <Beside title={t("office.loyalty.add_reward")} onClose={onClose}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(toBody(draft, variantIds, currency), { onSuccess: onClose });
        }}
      >
        <NameFields
          maxLength={120}
          label={(language) => t("office.loyalty.reward_name", { language })}
          names={draft.name}
          onChange={(name) => change({ name })}
        />
        <WholeNumber
          required
          min={1}
          label={t("office.loyalty.reward_cost")}
          value={draft.points}
          onChange={(points) => change({ points })}
        />
        <NativeSelect
          label={t("office.loyalty.reward_kind")}
          value={draft.kind}
          data={KINDS.map((kind) => ({ value: kind, label: t(`office.loyalty.kind.${kind}`) }))}
          onChange={({ currentTarget }) => change({ kind: KINDS.find((kind) => kind === currentTarget.value) ?? "amount" })}
        />
        {draft.kind === "product" ? (
          <MultiSelect
            required
            searchable
            label={t("office.loyalty.reward_goods")}
            data={goods.map(({ id, name }) => ({ value: id, label: inLanguage(name) }))}
            value={[...draft.productIds]}
            onChange={(productIds) => change({ productIds })}
          />
        ) : draft.kind === "amount" ? (
          <MoneyInput
            required
            min={1}
            label={t("office.loyalty.reward_amount")}
            currency={currency}
            value={draft.amount}
            onChange={(amount) => change({ amount: amount ?? 0 })}
          />
        ) : (
          <WholeNumber
            required
            min={1}
            max={100}
            label={t("office.loyalty.reward_percent")}
            value={draft.percent}
            onChange={(percent) => change({ percent })}
          />
        )}
        <p role="alert" className={form.error}>
          {create.error ? problemText(create.error) : null}
        </p>
        <Button type="submit" loading={create.isPending} disabled={draft.kind === "product" && variantIds.length === 0}>
          {t("office.loyalty.add_reward")}
        </Button>
      </form>
    </Beside>
  );
}

function toBody({ name, points, ...draft }: Draft, variantIds: string[], currency: string): Body {
  return { name: localized(name), points, benefit: benefitOf(draft, variantIds, currency) };
}

function benefitOf(
  { kind, amount, percent }: Pick<Draft, "kind" | "amount" | "percent">,
  variantIds: string[],
  currency: string,
): Body["benefit"] {
  if (kind === "product") return { kind, variantIds };
  if (kind === "amount") return { kind, money: { amount, currency } };
  return { kind, rate: { numerator: percent, denominator: 100 } };
}
