import { ActionIcon, Button } from "@mantine/core";
import IconPlus from "@tabler/icons-react/dist/esm/icons/IconPlus.mjs";
import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";
import type { OpeningHoursView } from "@weft/contracts/client";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { useState } from "react";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import { ExceptionsEditor } from "./exceptions-editor.tsx";
import { clockText, intervalOf, withDay, type Interval } from "./hours.ts";
import styles from "./stores.module.css";

type EditorProps = {
  readonly hours: OpeningHoursView;
  readonly isReadOnly: boolean;
  readonly isBusy: boolean;
  readonly onSave: (hours: OpeningHoursView) => void;
};

const MORNING: Interval = { from: 480, until: 1080 };

/** The hours of a week and the days that differ from it. Saved together, because a half-changed week is nobody's wish. */
export function HoursEditor({ hours, isReadOnly, isBusy, onSave }: EditorProps) {
  const [draft, setDraft] = useState(hours);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(hours);
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSave(draft);
      }}
    >
      <fieldset disabled={isReadOnly} className={styles.week}>
        {draft.weekly.map((intervals, day) => (
          // Seven days, Monday first, for ever.
          // oxlint-disable-next-line react/no-array-index-key
          <Day key={day} name={weekday(day)} intervals={intervals} onChange={(next) => setDraft(withDay(draft, day, next))} />
        ))}
      </fieldset>
      <ExceptionsEditor hours={draft} isReadOnly={isReadOnly} onChange={setDraft} />
      {isChanged ? (
        <div className={form.row}>
          <Button type="submit" loading={isBusy}>
            {t("office.stores.save_hours")}
          </Button>
          <Button variant="default" onClick={() => setDraft(hours)}>
            {t("office.discard_changes")}
          </Button>
        </div>
      ) : null}
    </form>
  );
}

type DayProps = {
  readonly name: string;
  readonly intervals: readonly Interval[];
  readonly onChange: (intervals: readonly Interval[]) => void;
};

function Day({ name, intervals, onChange }: DayProps) {
  return (
    <div className={styles.dayRow}>
      <span>{name}</span>
      <Intervals name={name} intervals={intervals} onChange={onChange} />
    </div>
  );
}

/** The intervals of one day: each with two clock times, and room for one more. */
export function Intervals({ name, intervals, onChange }: DayProps) {
  const replace = (index: number, next: Interval | undefined): void =>
    onChange(intervals.flatMap((own, at) => (at === index ? (next ? [next] : []) : [own])));
  return (
    <span className={styles.intervals}>
      {intervals.length === 0 ? <span className={form.quiet}>{t("office.stores.open.closed")}</span> : null}
      {intervals.map((interval, index) => (
        // Two intervals of a day may be equal while they are typed.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={index} className={styles.interval}>
          <input
            type="time"
            aria-label={t("office.stores.from_time", { day: name })}
            value={clockText(interval.from)}
            onChange={({ target }) => replace(index, intervalOf(target.value, clockText(interval.until)) ?? interval)}
          />
          –
          <input
            type="time"
            aria-label={t("office.stores.until_time", { day: name })}
            value={clockText(interval.until)}
            onChange={({ target }) => replace(index, intervalOf(clockText(interval.from), target.value) ?? interval)}
          />
          <ActionIcon size="sm" aria-label={t("office.stores.remove_time", { day: name })} onClick={() => replace(index, undefined)}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </span>
      ))}
      <ActionIcon size="sm" aria-label={t("office.stores.add_time", { day: name })} onClick={() => onChange([...intervals, MORNING])}>
        <IconPlus size={14} aria-hidden />
      </ActionIcon>
    </span>
  );
}

/** 5 January 2026 is a Monday. */
function weekday(day: number): string {
  return formatDate(new Date(Date.UTC(2026, 0, 5 + day)), { timeZone: "UTC", style: "day" }).replace(/[,.]?\s.*$/, "");
}
