import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";
import IconTrash from "@tabler/icons-react/dist/esm/icons/IconTrash.mjs";
import { useQuery } from "@tanstack/react-query";
import { newId } from "@weft/kernel";
import { useState } from "react";
import { readDayparts } from "../../../../hub/src/modules/places/domain/index.ts";
import { categoriesQuery } from "../catalog/categories.ts";
import form from "../common/form.module.css";
import { inLanguage } from "../common/text.ts";
import { t } from "../t.ts";
import styles from "./stores.module.css";

type Row = { readonly id: string; readonly category: string; readonly times: string };

type Props = {
  /** As the setting is written: `breakfast: Mo-Fr 07:00-11:00 | lunch: Mo-Su 11:30-15:00`. */
  readonly value: string;
  readonly isReadOnly: boolean;
  readonly onChange: (value: string) => void;
};

/** When what is sold: a row for each category that is not sold all day, with its times of the week. */
export function Dayparts({ value, isReadOnly, onChange }: Props) {
  const categories = useQuery(categoriesQuery);
  const [rows, setRows] = useState<readonly Row[]>(() => rowsOf(value));
  const written = textOfRows(rows);
  const isWrong = readDayparts(written) === undefined;
  const change = (index: number, part: Partial<Row>): void => setRows(rows.map((row, n) => (n === index ? { ...row, ...part } : row)));
  const options = (categories.data?.items ?? []).map(({ code, name }) => ({ value: code, label: inLanguage(name) }));
  return (
    <div className={styles.dayparts}>
      {rows.length === 0 ? <p className={form.quiet}>{t("office.dayparts.none")}</p> : null}
      {rows.map((row, index) => (
        <div key={row.id} className={form.row}>
          <NativeSelect
            size="xs"
            aria-label={t("office.dayparts.category")}
            value={row.category}
            disabled={isReadOnly}
            data={
              options.some((option) => option.value === row.category) ? options : [{ value: row.category, label: row.category }, ...options]
            }
            onChange={({ currentTarget }) => change(index, { category: currentTarget.value })}
          />
          <TextInput
            size="xs"
            aria-label={t("office.dayparts.times")}
            placeholder="Mo-Fr 07:00-11:00"
            value={row.times}
            disabled={isReadOnly}
            error={readDayparts(textOfRows([row])) === undefined ? t("office.dayparts.wrong") : null}
            onChange={({ currentTarget }) => change(index, { times: currentTarget.value })}
          />
          {isReadOnly ? null : (
            <ActionIcon
              variant="subtle"
              aria-label={t("office.dayparts.remove")}
              onClick={() => setRows(rows.filter((_, n) => n !== index))}
            >
              <IconTrash size={16} stroke={1.75} aria-hidden />
            </ActionIcon>
          )}
        </div>
      ))}
      {isReadOnly ? null : (
        <div className={form.row}>
          <Button
            size="xs"
            variant="default"
            disabled={options.length === 0}
            onClick={() => setRows([...rows, { id: newId(), category: firstFree(options, rows), times: "Mo-Su 07:00-11:00" }])}
          >
            {t("office.dayparts.add")}
          </Button>
          <Button size="xs" disabled={isWrong || written === value.trim()} onClick={() => onChange(written)}>
            {t("office.save")}
          </Button>
        </div>
      )}
    </div>
  );
}

function rowsOf(value: string): Row[] {
  return value.split("|").flatMap((part) => {
    const [, category, times] = /^\s*([^:\s]+)\s*:\s*(.*?)\s*$/.exec(part) ?? [];
    return category === undefined || times === undefined ? [] : [{ id: newId(), category, times }];
  });
}

const textOfRows = (rows: readonly Row[]): string => rows.map(({ category, times }) => `${category}: ${times}`).join(" | ");

function firstFree(options: readonly { readonly value: string }[], rows: readonly Row[]): string {
  return (options.find(({ value }) => !rows.some(({ category }) => category === value)) ?? options[0])?.value ?? "";
}
