import { NativeSelect, NumberInput, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { TASK_TEAMS, type TaskKindSettingView } from "@weft/contracts/client";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState, type ReactElement } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { PageLink } from "../common/page-link.tsx";
import { useCurrencies } from "../common/places.ts";
import { SavedMoney } from "../common/saved-money.tsx";
import { useMay, useStaff } from "../session/session.ts";
import { t } from "../t.ts";
import { kindsQuery, KINDS_KEY, TASKS_KEY } from "./queries.ts";
import styles from "./runs.module.css";

const MOST_MINUTES = 60 * 24 * 14;

/** How each kind of task is handled: by people or by itself, and who gets it when it waits too long. */
export function TaskKindsScreen(): ReactElement {
  const kinds = useQuery(kindsQuery);
  return (
    <Page title={t("office.nav.task_kinds")}>
      <p className={styles.about}>
        {t("office.task.kinds_about")} <PageLink to="/by-itself">{t("office.nav.task_runs")}</PageLink>
      </p>
      {kinds.isPending ? (
        <ScreenSkeleton />
      ) : kinds.isError ? (
        <ProblemNote error={kinds.error} onRetry={kinds.refetch} />
      ) : (
        <div className={styles.kinds}>
          {kinds.data.map((setting) => (
            <Kind key={setting.kind} setting={setting} />
          ))}
        </div>
      )}
    </Page>
  );
}

/** Every change is saved at once, with a way back. */
function Kind({ setting }: { readonly setting: TaskKindSettingView }) {
  const may = useMay()("taskKinds.set");
  const worksEverywhere = useStaff()?.placeIds.length === 0;
  const isFixed = !may || !worksEverywhere;
  const { kind, action, handling, escalateMinutes, escalateTo, fromAmount } = setting;
  const save = useAct(
    ({ kind: which, action: _, ...body }: TaskKindSettingView) => api.ask("taskKinds.set", { params: { kind: which }, body }),
    [KINDS_KEY, TASKS_KEY],
  );
  const set = (part: Partial<TaskKindSettingView>): void =>
    save.act({ ...setting, ...part }, () => showToast(t("office.saved"), () => save.mutate(setting)));
  const name = t(`office.task.kind.${kind}`);
  return (
    <section className={styles.kind} aria-label={name}>
      <div>
        <strong>{name}</strong>
        <br />
        <small>{action === null ? t("office.task.people_only") : t(`office.task.action.${action}`)}</small>
      </div>
      <div className={styles.settings}>
        {action === null ? null : (
          <>
            <SegmentedControl
              size="xs"
              aria-label={t("office.task.handling_of", { name })}
              disabled={isFixed}
              value={handling}
              data={(["ask", "do"] as const).map((each) => ({ value: each, label: t(`office.task.handling.${each}`) }))}
              onChange={(next) => set({ handling: next === "do" ? "do" : "ask" })}
            />
            {handling === "do" ? (
              <Minutes
                label={t("office.task.after_minutes")}
                value={setting.waitMinutes}
                isFixed={isFixed}
                onChange={(waitMinutes) => set({ waitMinutes })}
              />
            ) : null}
          </>
        )}
        {fromAmount === null ? null : <FromAmount value={fromAmount} isFixed={isFixed} onChange={(from) => set({ fromAmount: from })} />}
        <NativeSelect
          size="xs"
          label={t("office.task.passes_to")}
          disabled={isFixed}
          value={escalateMinutes === null ? "" : escalateTo}
          data={[
            { value: "", label: t("office.task.never") },
            ...TASK_TEAMS.map((team) => ({ value: team as string, label: t(`office.task.team.${team}`) })), // as text: "" is among them
          ]}
          onChange={({ currentTarget }) => {
            const team = TASK_TEAMS.find((each) => each === currentTarget.value);
            set(team ? { escalateTo: team, escalateMinutes: escalateMinutes ?? 60 } : { escalateMinutes: null });
          }}
        />
        {escalateMinutes === null ? null : (
          <Minutes
            label={t("office.task.minutes_late")}
            value={escalateMinutes}
            least={0}
            isFixed={isFixed}
            onChange={(minutes) => set({ escalateMinutes: minutes })}
          />
        )}
      </div>
    </section>
  );
}

const MOST_AMOUNT = 1_000_000;

/** One amount for the whole chain, in the currency of each store. */
function FromAmount({ value, isFixed, onChange }: Omit<MinutesProps, "label" | "least">) {
  const currencies = useCurrencies();
  return (
    <SavedMoney
      label={t("office.task.from_amount")}
      currencies={currencies}
      value={value}
      least={1}
      most={MOST_AMOUNT}
      isReadOnly={isFixed}
      onSave={onChange}
    />
  );
}

type MinutesProps = {
  readonly label: string;
  readonly value: number;
  readonly least?: number;
  readonly isFixed: boolean;
  readonly onChange: (value: number) => void;
};

/** Saved when it is left or Enter is pressed, not with every digit. */
function Minutes({ label, value, least = 1, isFixed, onChange }: MinutesProps) {
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    setTyped(value);
  }
  const keep = (): void => {
    if (typed !== value) onChange(typed);
  };
  return (
    <NumberInput
      size="xs"
      w="9rem"
      label={label}
      disabled={isFixed}
      min={least}
      max={MOST_MINUTES}
      allowDecimal={false}
      value={typed}
      onChange={(next) => setTyped(Math.max(least, Number(next) || least))}
      onBlur={keep}
      onKeyDown={({ key }) => {
        if (key === "Enter") keep();
      }}
    />
  );
}
