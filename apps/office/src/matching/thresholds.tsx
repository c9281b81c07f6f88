import { NumberInput, Switch } from "@mantine/core";
import type { MatchingView } from "@weft/contracts/client";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./matching.module.css";
import { matchingQuery } from "./queries.ts";

type Settings = MatchingView["settings"];

/** What is joined by itself and what a person is asked about, said in pairs of a thousand. */
export function Thresholds({ matching: { settings } }: { readonly matching: MatchingView }) {
  const may = useMay();
  const isFixed = !may("matching.configure");
  const change = useAct(
    (wish: Partial<Settings>) => api.ask("matching.configure", { body: wish }),
    [],
    (queries, answer) => queries.setQueryData(matchingQuery.queryKey, answer),
  );
  return (
    <Section title={t("office.matching.thresholds")}>
      <div className={styles.form}>
        <Switch
          label={t("office.matching.joins")}
          description={t("office.matching.joins_text")}
          checked={settings.joins}
          disabled={isFixed || change.isPending}
          onChange={({ currentTarget }) => change.mutate({ joins: currentTarget.checked })}
        />
        <Share
          label={t("office.matching.precision")}
          value={settings.precision}
          of={1000}
          min={900}
          max={999}
          isFixed={isFixed}
          onChange={(precision) => change.mutate({ precision })}
        />
        <Share
          label={t("office.matching.review_from")}
          value={settings.reviewFrom}
          of={100}
          min={5}
          max={90}
          isFixed={isFixed}
          onChange={(reviewFrom) => change.mutate({ reviewFrom })}
        />
        <p className={styles.text}>{t("office.matching.holds")}</p>
      </div>
    </Section>
  );
}

type ShareProps = {
  readonly label: string;
  readonly value: number;
  readonly of: number;
  readonly min: number;
  readonly max: number;
  readonly isFixed: boolean;
  readonly onChange: (share: number) => void;
};

/** A share as a whole number of a hundred or thousand, kept when the reader leaves it. */
function Share({ label, value, of, min, max, isFixed, onChange }: ShareProps) {
  const shown = Math.round(value * of);
  return (
    <NumberInput
      key={shown}
      label={label}
      defaultValue={shown}
      min={min}
      max={max}
      allowDecimal={false}
      disabled={isFixed}
      onBlur={({ currentTarget }) => {
        const given = Number(currentTarget.value);
        if (Number.isInteger(given) && given >= min && given <= max && given !== shown) onChange(given / of);
      }}
    />
  );
}
