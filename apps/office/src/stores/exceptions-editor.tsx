import { ActionIcon, Button, TextInput } from "@mantine/core";
import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";
import type { OpeningHoursView } from "@weft/contracts/client";
import { formatBusinessDate } from "@weft/ui/i18n/format.ts";
import { useState } from "react";
import form from "../common/form.module.css";
import { useToday } from "../common/use-today.ts";
import { t } from "../t.ts";
import { withException, withoutException } from "./hours.ts";
import { Intervals } from "./intervals.tsx";
import styles from "./stores.module.css";

type ExceptionsProps = {
  readonly hours: OpeningHoursView;
  readonly isReadOnly: boolean;
  readonly onChange: (hours: OpeningHoursView) => void;
};

/** The days that differ from the week: holidays and the like. What is over is out of sight, not gone. */
export function ExceptionsEditor({ hours, isReadOnly, onChange }: ExceptionsProps) {
  const [name, setName] = useState("");
  const [date, setDate] = useState("");
  const today = useToday();
  const coming = hours.exceptions.filter((exception) => exception.date >= today);
  return (
    <fieldset disabled={isReadOnly} className={styles.week}>
      <legend>{t("office.stores.exceptions")}</legend>
      {coming.length === 0 ? <p className={form.quiet}>{t("office.stores.no_exceptions")}</p> : null}
      {coming.map((exception) => (
        <div key={exception.date} className={styles.dayRow}>
          <span>
            {formatBusinessDate(exception.date)} <small>{exception.name}</small>
          </span>
          <Intervals
            name={exception.name}
            intervals={exception.intervals}
            onChange={(intervals) => onChange(withException(hours, { ...exception, intervals: [...intervals] }))}
          />
          <ActionIcon
            size="sm"
            aria-label={t("office.stores.remove_exception", { name: exception.name })}
            onClick={() => onChange(withoutException(hours, exception.date))}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {isReadOnly ? null : (
        <div className={form.row}>
          <TextInput
            type="date"
            min={today}
            label={t("office.stores.date")}
            value={date}
            onChange={({ currentTarget }) => setDate(currentTarget.value)}
          />
          <TextInput label={t("office.stores.why")} value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} />
          <Button
            variant="default"
            disabled={date === "" || name.trim() === ""}
            onClick={() => {
              onChange(withException(hours, { date, name: name.trim(), intervals: [] }));
              setDate("");
              setName("");
            }}
          >
            {t("office.stores.add_exception")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
