import { Button, NativeSelect, NumberInput, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { IdentifierLimitView, LimitsPreviewView, MatchingLimitsView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { DataTable, type Column } from "../common/data-table.tsx";
import { shortId } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { blockedLines, changedLimits, mayJoin } from "./limits-draft.ts";
import styles from "./matching.module.css";
import { limitsQuery } from "./queries.ts";

/** What a value that several have tells about them: tried first, then set; whom it touches is computed again. */
export function IdentifierLimits() {
  const limits = useQuery(limitsQuery);
  return (
    <Section title={t("office.matching.rules")}>
      <p className={styles.text}>{t("office.matching.rules_text")}</p>
      {limits.isPending ? <Skeleton height="14rem" /> : null}
      {limits.isError ? <ProblemNote error={limits.error} onRetry={limits.refetch} /> : null}
      {limits.data ? <Draft state={limits.data} /> : null}
    </Section>
  );
}

function Draft({ state: { limits, course } }: { readonly state: MatchingLimitsView }) {
  const may = useMay();
  const [draft, setDraft] = useState<readonly IdentifierLimitView[] | null>(null);
  const shown = draft ?? limits;
  const changed = changedLimits(limits, shown);
  const preview = useMutation({ mutationFn: () => api.ask("matching.previewLimits", { body: { limits: changed } }) });
  const set = useAct(
    () => api.ask("matching.setLimits", { body: { limits: changed } }),
    [["violations"], ["matches"]],
    (queries, answer) => queries.setQueryData(limitsQuery.queryKey, answer),
  );
  const isFixed = !may("matching.setLimits") || set.isPending;
  const change = (kind: IdentifierLimitView["kind"], more: Partial<IdentifierLimitView>): void => {
    preview.reset();
    setDraft(shown.map((each) => (each.kind === kind ? { ...each, ...more } : each)));
  };
  const forget = (): void => {
    preview.reset();
    setDraft(null);
  };
  return (
    <>
      <DataTable label={t("office.matching.rules")} columns={columns(isFixed, change)} rows={shown} rowKey={({ kind }) => kind} />
      {changed.length > 0 ? (
        <div className={styles.actions}>
          <Button variant={preview.data ? "default" : "filled"} loading={preview.isPending} onClick={() => preview.mutate(undefined)}>
            {t("office.matching.rule_try")}
          </Button>
          {preview.data ? (
            <Button loading={set.isPending} onClick={() => set.mutate(undefined, { onSuccess: forget })}>
              {t("office.matching.rule_set")}
            </Button>
          ) : null}
          <Button variant="subtle" onClick={forget}>
            {t("office.matching.rule_discard")}
          </Button>
        </div>
      ) : null}
      {preview.isError ? <ProblemNote error={preview.error} /> : null}
      {preview.data ? <Preview preview={preview.data} /> : <CourseLine course={course} />}
    </>
  );
}

type Change = (kind: IdentifierLimitView["kind"], more: Partial<IdentifierLimitView>) => void;
const SCOPES = ["person", "household"] as const;
const EFFECTS = ["joins", "asks", "nothing"] as const;

function columns(isFixed: boolean, change: Change): readonly Column<IdentifierLimitView>[] {
  const nameOf = (kind: IdentifierLimitView["kind"]): string => t(`office.customer.identifier.${kind}`);
  return [
    { key: "kind", label: t("office.matching.rule_kind"), cell: ({ kind }) => <strong>{nameOf(kind)}</strong> },
    {
      key: "scope",
      label: t("office.matching.rule_scope"),
      cell: ({ kind, scope }) =>
        kind === "device" ? (
          t("office.matching.scope.device")
        ) : (
          <NativeSelect
            size="xs"
            aria-label={`${nameOf(kind)}: ${t("office.matching.rule_scope")}`}
            value={scope}
            disabled={isFixed}
            data={SCOPES.map((each) => ({ value: each, label: t(`office.matching.scope.${each}`) }))}
            onChange={({ currentTarget }) => change(kind, { scope: SCOPES.find((each) => each === currentTarget.value) ?? scope })}
          />
        ),
    },
    {
      key: "proven",
      label: t("office.matching.rule_proven"),
      cell: (limit) =>
        limit.kind === "device" ? (
          t("office.matching.effect.one_at_a_time")
        ) : (
          <NativeSelect
            size="xs"
            aria-label={`${nameOf(limit.kind)}: ${t("office.matching.rule_proven")}`}
            value={mayJoin(limit) || limit.whenProven !== "joins" ? limit.whenProven : "asks"}
            disabled={isFixed}
            data={EFFECTS.filter((each) => each !== "joins" || mayJoin(limit)).map((each) => ({
              value: each,
              label: t(`office.matching.effect.${each}`),
            }))}
            onChange={({ currentTarget }) =>
              change(limit.kind, { whenProven: EFFECTS.find((each) => each === currentTarget.value) ?? limit.whenProven })
            }
          />
        ),
    },
    {
      key: "claimed",
      label: t("office.matching.rule_claimed"),
      cell: ({ kind, whenClaimed }) =>
        kind === "device" ? (
          "–"
        ) : (
          <NativeSelect
            size="xs"
            aria-label={`${nameOf(kind)}: ${t("office.matching.rule_claimed")}`}
            value={whenClaimed}
            disabled={isFixed}
            data={(["asks", "nothing"] as const).map((each) => ({ value: each, label: t(`office.matching.effect.${each}`) }))}
            onChange={({ currentTarget }) => change(kind, { whenClaimed: currentTarget.value === "asks" ? "asks" : "nothing" })}
          />
        ),
    },
    {
      key: "values",
      label: t("office.matching.rule_values"),
      cell: ({ kind, valuesPerCustomer }) => (
        <Most
          label={`${nameOf(kind)}: ${t("office.matching.rule_values")}`}
          value={valuesPerCustomer}
          note={kind === "device" ? t("office.matching.rule_week") : undefined}
          isFixed={isFixed}
          onChange={(most) => change(kind, { valuesPerCustomer: most })}
        />
      ),
    },
    {
      key: "customers",
      label: t("office.matching.rule_customers"),
      cell: ({ kind, customersPerValue }) =>
        kind === "device" ? (
          "1"
        ) : (
          <Most
            label={`${nameOf(kind)}: ${t("office.matching.rule_customers")}`}
            value={customersPerValue}
            isFixed={isFixed}
            onChange={(most) => change(kind, { customersPerValue: most })}
          />
        ),
    },
    {
      key: "blocked",
      label: t("office.matching.rule_blocked"),
      cell: ({ kind, blocked }) =>
        kind === "device" ? (
          "–"
        ) : (
          <Textarea
            size="xs"
            autosize
            minRows={1}
            maxRows={6}
            className={styles.blocked}
            aria-label={`${nameOf(kind)}: ${t("office.matching.rule_blocked")}`}
            {...(kind === "email" && !isFixed && { placeholder: "*@firm.example" })}
            key={blocked.join("\n")}
            defaultValue={blocked.join("\n")}
            disabled={isFixed}
            onBlur={({ currentTarget }) => {
              const lines = blockedLines(currentTarget.value);
              if (lines.join("\n") !== blocked.join("\n")) change(kind, { blocked: lines });
            }}
          />
        ),
    },
  ];
}

type MostProps = {
  readonly label: string;
  readonly value: number;
  readonly note?: string | undefined;
  readonly isFixed: boolean;
  readonly onChange: (most: number) => void;
};

function Most({ label, value, note, isFixed, onChange }: MostProps) {
  return (
    <NumberInput
      size="xs"
      className={styles.most}
      aria-label={label}
      {...(note !== undefined && { suffix: ` ${note}` })}
      value={value}
      min={1}
      max={1000}
      allowDecimal={false}
      disabled={isFixed}
      onChange={(most) => {
        if (typeof most === "number" && Number.isInteger(most) && most >= 1 && most <= 1000 && most !== value) onChange(most);
      }}
    />
  );
}

/** What would change, before it does. */
function Preview({ preview }: { readonly preview: LimitsPreviewView }) {
  const { linksWithdrawn, linksRestored, customersBefore, customersAfter, valuesSetAside, examples, isComplete } = preview;
  const isNothing = linksWithdrawn + linksRestored + valuesSetAside === 0;
  return (
    <div role="status" className={styles.preview}>
      <p>
        {isNothing
          ? t("office.matching.preview_none")
          : t("office.matching.preview", {
              withdrawn: formatNumber(linksWithdrawn),
              restored: formatNumber(linksRestored),
              before: formatNumber(customersBefore),
              after: formatNumber(customersAfter),
              values: formatNumber(valuesSetAside),
            })}{" "}
        {isComplete ? null : t("office.matching.preview_part")}
      </p>
      {examples.length > 0 ? (
        <ul className={styles.counts}>
          {examples.map(({ customerId, name, becomes }) => (
            <li key={customerId}>
              <Link to="/customers/$id" params={{ id: customerId }}>
                {name ?? `…${shortId(customerId)}`}
              </Link>{" "}
              → {formatNumber(becomes)}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function CourseLine({ course: { isApplying, lookedAt, withdrawn, restored, changedAt } }: Pick<MatchingLimitsView, "course">) {
  if (changedAt === null) return null;
  const counts = { looked: formatNumber(lookedAt), withdrawn: formatNumber(withdrawn), restored: formatNumber(restored) };
  return (
    <p className={styles.text} role="status">
      {isApplying ? t("office.matching.applying", counts) : t("office.matching.applied", counts)} <TimeAgo at={changedAt} />
    </p>
  );
}
