import { NativeSelect } from "@mantine/core";
import { formatMonthName } from "@weft/ui/i18n/format.ts";
import { t } from "../t.ts";

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
const twoDigits = (number: number): string => String(number).padStart(2, "0");
/** Of a year that is no leap year: a fiscal year begins with a day that every year has. */
const daysIn = (month: number): number => new Date(Date.UTC(2027, month, 0)).getUTCDate();

type Props = { readonly day: string; readonly disabled: boolean; readonly onChange: (day: string) => void };

/** The day with which the fiscal year begins, `07-15`, by its month and its day. */
export function YearStartField({ day: start, disabled, onChange }: Props) {
  const [month = 1, day = 1] = start.split("-").map(Number);
  const change = (nextMonth: number, nextDay: number): void =>
    onChange(`${twoDigits(nextMonth)}-${twoDigits(Math.min(nextDay, daysIn(nextMonth)))}`);
  return (
    <>
      <NativeSelect
        label={t("office.journal.identity.year_month")}
        size="xs"
        data={upTo(12).map((value) => ({ value: String(value), label: formatMonthName(value) }))}
        value={String(month)}
        disabled={disabled}
        onChange={({ currentTarget }) => change(Number(currentTarget.value), day)}
      />
      <NativeSelect
        label={t("office.journal.identity.year_day")}
        size="xs"
        data={upTo(daysIn(month)).map(String)}
        value={String(day)}
        disabled={disabled}
        onChange={({ currentTarget }) => change(month, Number(currentTarget.value))}
      />
    </>
  );
}
