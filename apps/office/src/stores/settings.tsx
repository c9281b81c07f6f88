import { ActionIcon, TextInput } from "@mantine/core";
import IconArrowBackUp from "@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs";
import type { PlaceView } from "@weft/contracts/client";
import { useState } from "react";
import form from "../common/form.module.css";
import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";
import type { PlaceChange } from "./place-change.ts";
import styles from "./stores.module.css";

type PlaceSettingsProps = {
  readonly settings: PlaceView["settings"];
  readonly isReadOnly: boolean;
  readonly onChange: (body: PlaceChange, before: PlaceChange) => void;
};

/** Every setting as it holds for the place, with where its value comes from; its own values can be given back to the group. */
export function PlaceSettings({ settings, isReadOnly, onChange }: PlaceSettingsProps) {
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
            onChange={(value) =>
              onChange({ settings: { [setting.key]: value } }, { settings: { [setting.key]: isOwn ? setting.value : null } })
            }
          />
        );
      })}
    </ul>
  );
}

type RowProps = {
  readonly name: string;
  readonly value: unknown;
  readonly isOwn: boolean;
  /** Where the value comes from, in words. */
  readonly source: string;
  readonly isReadOnly: boolean;
  /** A new value, or null to inherit again. */
  readonly onChange: (value: string | number | null) => void;
};

/** One setting: its value, where that comes from, and the way back to the inherited one. It is saved when the field is left. */
export function SettingRow({ name, value, isOwn, source, isReadOnly, onChange }: RowProps) {
  const isNumber = typeof value === "number";
  const [typed, setTyped] = useState(String(value));
  const save = (): void => {
    if (typed === String(value)) return;
    onChange(isNumber ? Number(typed) : typed);
  };
  const label = wordOf(`office.setting.${name}`, name);
  return (
    <li>
      <label className={styles.setting}>
        <span>{label}</span>
        <TextInput
          type={isNumber ? "number" : "text"}
          readOnly={isReadOnly}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.key === "Enter") save();
          }}
        />
        <small data-own={isOwn || undefined}>{source}</small>
      </label>
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
