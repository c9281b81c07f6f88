import { ActionIcon, Autocomplete, Button, NumberInput, TextInput } from "@mantine/core";
import IconTrash from "@tabler/icons-react/dist/esm/icons/IconTrash.mjs";
import { newId } from "@weft/kernel";
import { useState } from "react";
import { readSlotRoom, readStations } from "../../../../hub/src/modules/places/domain/index.ts";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import { rowsOf, textOfRows, type RoomRow } from "./slot-room.ts";
import styles from "./stores.module.css";

type Props = {
  /** As the setting is written: `Bar: 12 | Kitchen: 8 Mo-Fr 11:00-14:00 | Bar: 6 2026-12-24`. */
  readonly value: string;
  /** The stations of the place as that setting is written, to choose from. */
  readonly stations: string;
  readonly isReadOnly: boolean;
  readonly onChange: (value: string) => void;
};

/** How many minutes of work each station does for one slot: always, at times of the week, or on one date. */
export function SlotRoom({ value, stations, isReadOnly, onChange }: Props) {
  const [rows, setRows] = useState<readonly RoomRow[]>(() => rowsOf(value, newId));
  const names = (readStations(stations) ?? []).map(({ name }) => name);
  const written = textOfRows(rows);
  const isWrong = readSlotRoom(written) === undefined;
  const change = (index: number, part: Partial<RoomRow>): void => setRows(rows.map((row, n) => (n === index ? { ...row, ...part } : row)));
  return (
    <div className={styles.dayparts}>
      <p className={form.quiet}>{rows.length === 0 ? t("office.slot_room.none") : t("office.slot_room.about")}</p>
      {rows.map((row, index) => (
        <RoomFields
          key={row.id}
          row={row}
          names={names}
          isReadOnly={isReadOnly}
          onChange={(part) => change(index, part)}
          onRemove={() => setRows(rows.filter((_, n) => n !== index))}
        />
      ))}
      {isReadOnly ? null : (
        <div className={form.row}>
          <Button
            size="xs"
            variant="default"
            onClick={() => setRows([...rows, { id: newId(), station: firstFree(names, rows), minutes: 10, when: "" }])}
          >
            {t("office.slot_room.add")}
          </Button>
          <Button size="xs" disabled={isWrong || written === value.trim()} onClick={() => onChange(written)}>
            {t("office.save")}
          </Button>
        </div>
      )}
      {isWrong && rows.every((row) => readSlotRoom(textOfRows([row])) !== undefined) ? (
        <p role="alert" className={form.quiet}>
          {t("office.slot_room.twice")}
        </p>
      ) : null}
    </div>
  );
}

type FieldsProps = {
  readonly row: RoomRow;
  readonly names: readonly string[];
  readonly isReadOnly: boolean;
  readonly onChange: (part: Partial<RoomRow>) => void;
  readonly onRemove: () => void;
};

function RoomFields({ row, names, isReadOnly, onChange, onRemove }: FieldsProps) {
  return (
    <div className={styles.room}>
      <Autocomplete
        size="xs"
        aria-label={t("office.slot_room.station")}
        data={[...names]}
        value={row.station}
        disabled={isReadOnly}
        onChange={(station) => onChange({ station })}
      />
      <NumberInput
        size="xs"
        aria-label={t("office.slot_room.minutes")}
        min={0}
        max={1440}
        allowDecimal={false}
        suffix={` ${t("office.slot_room.unit")}`}
        value={row.minutes}
        disabled={isReadOnly}
        onChange={(minutes) => onChange({ minutes: Number(minutes) || 0 })}
      />
      <TextInput
        size="xs"
        aria-label={t("office.slot_room.when")}
        placeholder={t("office.slot_room.always")}
        value={row.when}
        disabled={isReadOnly}
        error={readSlotRoom(textOfRows([row])) === undefined ? t("office.slot_room.wrong") : null}
        onChange={({ currentTarget }) => onChange({ when: currentTarget.value })}
      />
      {isReadOnly ? null : (
        <ActionIcon variant="subtle" aria-label={t("office.slot_room.remove")} onClick={onRemove}>
          <IconTrash size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
}

const firstFree = (names: readonly string[], rows: readonly RoomRow[]): string =>
  names.find((name) => !rows.some(({ station }) => station === name)) ?? names[0] ?? "";
