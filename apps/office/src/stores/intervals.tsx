import { ActionIcon } from "@mantine/core";
import IconPlus from "@tabler/icons-react/dist/esm/icons/IconPlus.mjs";
import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import { clockText, intervalOf, type Interval } from "./hours.ts";
import styles from "./stores.module.css";

const MORNING: Interval = { from: 480, until: 1080 };

export type IntervalsProps = {
  readonly name: string;
  readonly intervals: readonly Interval[];
  readonly onChange: (intervals: readonly Interval[]) => void;
};

/** The intervals of one day: each with two clock times, and room for one more. */
export function Intervals({ name, intervals, onChange }: IntervalsProps) {
  const replace = (index: number, next: Interval | undefined): void =>
    onChange(intervals.flatMap((own, at) => (at === index ? (next ? [next] : []) : [own])));
  return (
    <span className={styles.intervals}>
      {intervals.length === 0 ? <span className={form.quiet}>{t("office.stores.open.closed")}</span> : null}
      {intervals.map((interval, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- two intervals of a day may be equal while they are typed
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
