import { ActionIcon, NativeSelect, Switch, TextInput } from "@mantine/core";
import IconArrowBackUp from "@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs";
import type { PlaceView } from "@weft/contracts/client";
import { useState } from "react";
import { amountSetting, SETTINGS } from "../../../../hub/src/modules/places/domain/index.ts";
import form from "../common/form.module.css";
import { SavedMoney } from "../common/saved-money.tsx";
import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";
import { Dayparts } from "./dayparts.tsx";
import { SlotRoom } from "./slot-room-editor.tsx";
import { clockText, minutesOf } from "./hours.ts";
import { Tables } from "./tables-editor.tsx";
import type { PlaceChange } from "./place-change.ts";
import styles from "./stores.module.css";

type PlaceSettingsProps = {
  readonly settings: PlaceView["settings"];
  /** Of the legal entity of the place. */
  readonly currencies: readonly string[];
  readonly isReadOnly: boolean;
  readonly onChange: (body: PlaceChange, before: PlaceChange) => void;
};

/** Every setting as it holds for the place, with where its value comes from; its own values can be given back to the group. */
export function PlaceSettings({ settings, currencies, isReadOnly, onChange }: PlaceSettingsProps) {
  const written = settings.find(({ key }) => key === "stations")?.value;
  const stations = typeof written === "string" ? written : "";
  return (
    <ul className={form.rows}>
      {settings.map((setting) => {
        const isOwn = setting.from === "place";
        return (
          <SettingRow
            key={`${setting.key} ${setting.from} ${JSON.stringify(setting.value)}`}
            name={setting.key}
            value={setting.value}
            isOwn={isOwn}
            source={isOwn ? t("office.stores.from_here") : (setting.fromName ?? t("office.stores.from_default"))}
            isReadOnly={isReadOnly}
            currencies={currencies}
            stations={stations}
            onChange={(value) =>
              onChange({ settings: { [setting.key]: value } }, { settings: { [setting.key]: isOwn ? setting.value : null } })
            }
          />
        );
      })}
    </ul>
  );
}

/** Settings whose numbers stand for something that nobody types as a number. */
const YES_OR_NO: ReadonlySet<string> = new Set(["tellInPreparation", "returnParcelFree"]);
const TIMES_OF_DAY: ReadonlySet<string> = new Set(["shipCutOffMinutes"]);

/** Settings that are written as more than a word: they have a line of their own. */
const WIDE: ReadonlySet<string> = new Set(["stations", "tables", "dayparts", "slotRoom", "slotWindows", "scaleLabels", "receiptFooter"]);

/** Settings that are one of a few. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  shipRouting: SETTINGS.shipRouting.choices,
  aheadCharged: SETTINGS.aheadCharged.choices,
  receiptPaper: SETTINGS.receiptPaper.choices,
  measuredTimes: SETTINGS.measuredTimes.choices,
  boardCalls: SETTINGS.boardCalls.choices,
  kioskPayment: SETTINGS.kioskPayment.choices,
  customerNotes: SETTINGS.customerNotes.choices,
};

type RowProps = {
  readonly name: string;
  readonly value: unknown;
  readonly isOwn: boolean;
  /** Where the value comes from, in words. */
  readonly source: string;
  readonly isReadOnly: boolean;
  /** Of the places for which it holds. */
  readonly currencies: readonly string[];
  /** The stations of the same place or group, as that setting is written; left out: none are known. */
  readonly stations?: string;
  /** A new value, or null to inherit again. */
  readonly onChange: (value: string | number | null) => void;
};

/** One setting: its value, where that comes from, and the way back to the inherited one. It is saved when the field is left. */
export function SettingRow({ name, value, isOwn, source, isReadOnly, currencies, stations = "", onChange }: RowProps) {
  const label = wordOf(`office.setting.${name}`, name);
  return (
    <li>
      <div className={styles.setting} data-wide={WIDE.has(name) || undefined}>
        <span>{label}</span>
        <Value
          name={name}
          label={label}
          value={value}
          isReadOnly={isReadOnly}
          currencies={currencies}
          stations={stations}
          onChange={onChange}
        />
        <small data-own={isOwn || undefined}>{source}</small>
      </div>
      {isOwn && !isReadOnly ? (
        <ActionIcon
          aria-label={t("office.stores.inherit", { name: label })}
          title={t("office.stores.inherit", { name: label })}
          onClick={() => onChange(null)}
        >
          <IconArrowBackUp size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      ) : null}
    </li>
  );
}

type ValueProps = Pick<RowProps, "name" | "value" | "isReadOnly" | "currencies" | "onChange"> & {
  readonly label: string;
  readonly stations: string;
};

function Value({ name, label, value, isReadOnly, currencies, stations, onChange }: ValueProps) {
  if (YES_OR_NO.has(name))
    return (
      <Switch
        size="xs"
        aria-label={label}
        checked={value === 1}
        disabled={isReadOnly}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? 1 : 0)}
      />
    );
  if (name === "dayparts") return <Dayparts value={String(value)} isReadOnly={isReadOnly} onChange={onChange} />;
  if (name === "tables") return <Tables value={String(value)} isReadOnly={isReadOnly} onChange={onChange} />;
  if (name === "slotRoom") return <SlotRoom value={String(value)} stations={stations} isReadOnly={isReadOnly} onChange={onChange} />;
  const bounds = amountSetting(name);
  if (bounds)
    return (
      <SavedMoney
        label={label}
        isLabelHidden
        currencies={currencies}
        value={Number(value)}
        {...bounds}
        isReadOnly={isReadOnly}
        onSave={onChange}
      />
    );
  const choices = CHOICES[name];
  if (choices)
    return (
      <NativeSelect
        size="xs"
        aria-label={label}
        value={String(value)}
        disabled={isReadOnly}
        data={choices.map((choice) => ({ value: choice, label: wordOf(`office.setting.${name}.${choice}`, choice) }))}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  return <TypedValue label={label} form={formOf(name, value)} isReadOnly={isReadOnly} onChange={onChange} />;
}

/** How a value is typed, and what was typed is read again. */
type Form = { readonly type: "number" | "text" | "time"; readonly shown: string; readonly read: (typed: string) => string | number };

function formOf(name: string, value: unknown): Form {
  if (TIMES_OF_DAY.has(name)) return { type: "time", shown: clockText(Number(value)), read: (typed) => minutesOf(typed) ?? Number(value) };
  const shown = String(value);
  return typeof value === "number" ? { type: "number", shown, read: Number } : { type: "text", shown, read: (typed) => typed };
}

type TypedProps = {
  readonly label: string;
  readonly form: Form;
  readonly isReadOnly: boolean;
  readonly onChange: (value: string | number) => void;
};

function TypedValue({ label, form: { type, shown, read }, isReadOnly, onChange }: TypedProps) {
  const [typed, setTyped] = useState(shown);
  const save = (): void => {
    // A field that was emptied says nothing: what held before goes on.
    if (typed === "" && type !== "text") return setTyped(shown);
    if (typed !== shown) onChange(read(typed));
  };
  return (
    <TextInput
      aria-label={label}
      type={type}
      readOnly={isReadOnly}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === "Enter") save();
      }}
    />
  );
}
