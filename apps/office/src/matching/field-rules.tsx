import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ChannelKind, FieldRulesView } from "@weft/contracts/client";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { wordOf } from "../common/text.ts";
import { CHANNEL_KINDS } from "../searches.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./matching.module.css";
import { fieldRulesQuery } from "./queries.ts";

/** The orders of rules that a reader may choose from: named by what they mean. */
const ORDERS = {
  recent: ["verified", "most_recent", "channel_priority"],
  channel: ["verified", "channel_priority", "most_recent"],
  only_recent: ["most_recent", "verified", "channel_priority"],
  only_channel: ["channel_priority", "verified", "most_recent"],
} as const;
type Order = keyof typeof ORDERS;
const NAMES = ["recent", "channel", "only_recent", "only_channel"] as const satisfies readonly Order[];

type FieldRule = FieldRulesView["fields"][number];

/** Which of several values a profile shows, field by field, and whom to believe first. */
export function FieldRules() {
  const rules = useQuery(fieldRulesQuery);
  return (
    <Section title={t("office.matching.fields")}>
      <p className={styles.text}>{t("office.matching.fields_text")}</p>
      {rules.isPending ? <Skeleton height="8rem" /> : null}
      {rules.isError ? <ProblemNote error={rules.error} onRetry={rules.refetch} /> : null}
      {rules.data ? <Choices rules={rules.data} isRebuilding={rules.data.isRebuilding} /> : null}
    </Section>
  );
}

function Choices({ rules: { fields, channels }, isRebuilding }: { readonly rules: FieldRulesView; readonly isRebuilding: boolean }) {
  const may = useMay();
  const set = useAct((wish: FieldRulesView) => api.ask("customers.setFieldRules", { body: wish }), [fieldRulesQuery.queryKey]);
  const isFixed = !may("customers.setFieldRules") || set.isPending;
  const change = (field: FieldRule["field"], order: Order): void =>
    set.mutate({ fields: fields.map((each) => (each.field === field ? { field, rules: [...ORDERS[order]] } : each)), channels });
  return (
    <div className={styles.form}>
      {fields.map((each) => (
        <NativeSelect
          key={each.field}
          label={t(`office.customer.field.${each.field}`)}
          value={orderOf(each)}
          disabled={isFixed}
          data={NAMES.map((name) => ({ value: name, label: t(`office.matching.order.${name}`) }))}
          onChange={({ currentTarget }) => change(each.field, NAMES.find((name) => name === currentTarget.value) ?? "recent")}
        />
      ))}
      <NativeSelect
        label={t("office.matching.channel_first")}
        value={channels[0] ?? ""}
        disabled={isFixed}
        data={[
          { value: "", label: t("office.matching.channel_usual") },
          ...CHANNEL_KINDS.map((kind) => ({ value: kind, label: wordOf(`ui.channel.${kind}`, kind) })),
        ]}
        onChange={({ currentTarget }) => set.mutate({ fields, channels: kindsOf(currentTarget.value) })}
      />
      {isRebuilding ? (
        <p className={styles.text} role="status">
          {t("office.matching.rebuilding")}
        </p>
      ) : null}
    </div>
  );
}

const kindsOf = (value: string): ChannelKind[] => CHANNEL_KINDS.filter((kind) => kind === value);

/** The named order that comes nearest: what counts first and second. */
const orderOf = ({ rules }: FieldRule): Order =>
  NAMES.find((name) => ORDERS[name][0] === rules[0] && (rules[1] === undefined || ORDERS[name][1] === rules[1])) ?? "recent";
