import { ActionIcon, Button, TextInput } from "@mantine/core";
import IconTrash from "@tabler/icons-react/dist/esm/icons/IconTrash.mjs";
import { newId } from "@weft/kernel";
import { useState } from "react";
import { readTables } from "../../../../hub/src/modules/places/domain/index.ts";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import { countsOf, textOfZones, zoneRowsOf, type ZoneRow } from "./tables.ts";
import styles from "./stores.module.css";

type Props = {
  /** As the setting is written: `Inside: 1/2, 2/4; Terrace: T1/4`. */
  readonly value: string;
  readonly isReadOnly: boolean;
  readonly onChange: (value: string) => void;
};

/** Where guests are served at the table: zones with the names of their tables and their seats. */
export function Tables({ value, isReadOnly, onChange }: Props) {
  const [rows, setRows] = useState<readonly ZoneRow[]>(() => zoneRowsOf(value, newId));
  const written = textOfZones(rows);
  const isWrong = readTables(written) === undefined;
  const change = (index: number, part: Partial<ZoneRow>): void => setRows(rows.map((row, n) => (n === index ? { ...row, ...part } : row)));
  return (
    <div className={styles.dayparts}>
      <p className={form.quiet}>{rows.length === 0 ? t("office.tables.none") : t("office.tables.about")}</p>
      {rows.map((row, index) => (
        <ZoneFields
          key={row.id}
          row={row}
          isReadOnly={isReadOnly}
          onChange={(part) => change(index, part)}
          onRemove={() => setRows(rows.filter((_, n) => n !== index))}
        />
      ))}
      {isReadOnly ? null : (
        <div className={form.row}>
          <Button size="xs" variant="default" onClick={() => setRows([...rows, { id: newId(), name: "", tables: "" }])}>
            {t("office.tables.add")}
          </Button>
          <Button size="xs" disabled={isWrong || written === value.trim()} onClick={() => onChange(written)}>
            {t("office.save")}
          </Button>
        </div>
      )}
      {isWrong && rows.every((row) => countsOf(row) !== undefined) ? (
        <p role="alert" className={form.quiet}>
          {t("office.tables.twice")}
        </p>
      ) : null}
    </div>
  );
}

type FieldsProps = {
  readonly row: ZoneRow;
  readonly isReadOnly: boolean;
  readonly onChange: (part: Partial<ZoneRow>) => void;
  readonly onRemove: () => void;
};

function ZoneFields({ row, isReadOnly, onChange, onRemove }: FieldsProps) {
  const counts = countsOf(row);
  const isBegun = row.name.trim() !== "" && row.tables.trim() !== "";
  return (
    <div className={styles.zone}>
      <TextInput
        size="xs"
        aria-label={t("office.tables.zone")}
        placeholder={t("office.tables.zone_example")}
        value={row.name}
        disabled={isReadOnly}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
      {isReadOnly ? null : (
        <ActionIcon variant="subtle" aria-label={t("office.tables.remove", { zone: row.name })} onClick={onRemove}>
          <IconTrash size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      )}
      <TextInput
        size="xs"
        aria-label={t("office.tables.tables")}
        placeholder="1/2, 2/2, 3/4"
        inputWrapperOrder={["input", "description", "error"]}
        value={row.tables}
        disabled={isReadOnly}
        description={counts && t("office.tables.counts", { tables: counts.tables, seats: counts.seats })}
        error={isBegun && counts === undefined ? t("office.tables.wrong") : null}
        onChange={({ currentTarget }) => onChange({ tables: currentTarget.value })}
      />
    </div>
  );
}
