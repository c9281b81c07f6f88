import { Button } from "@mantine/core";
import type { OpeningHoursView } from "@weft/contracts/client";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { useState } from "react";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import { ExceptionsEditor } from "./exceptions-editor.tsx";
import { withDay } from "./hours.ts";
import { Intervals, type IntervalsProps } from "./intervals.tsx";
import styles from "./stores.module.css";

type EditorProps = {
  readonly hours: OpeningHoursView;
  readonly isReadOnly: boolean;
  readonly isBusy: boolean;
  readonly onSave: (hours: OpeningHoursView) => void;
};

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
          // oxlint-disable-next-line react/no-array-index-key -- seven days, Monday first, for ever
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

function Day({ name, intervals, onChange }: IntervalsProps) {
  return (
    <div className={styles.dayRow}>
      <span>{name}</span>
      <Intervals name={name} intervals={intervals} onChange={onChange} />
    </div>
  );
}

/** 5 January 2026 is a Monday. */
function weekday(day: number): string {
  return formatDate(new Date(Date.UTC(2026, 0, 5 + day)), { timeZone: "UTC", style: "day" }).replace(/[,.]?\s.*$/, "");
}
