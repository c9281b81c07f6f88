import { setColorScheme, useColorScheme, type SchemeChoice } from "../theme/color-scheme.ts";
import { t } from "../t.ts";
import styles from "./picker.module.css";

const CHOICES: readonly SchemeChoice[] = ["auto", "light", "dark"];

/** Light, dark, or like the device. */
export function SchemePicker() {
  const { choice } = useColorScheme();
  return (
    <label className={styles.picker}>
      <span>{t("ui.scheme.label")}</span>
      <select value={choice} onChange={({ target }) => setColorScheme(CHOICES.find((known) => known === target.value) ?? "auto")}>
        {CHOICES.map((known) => (
          <option key={known} value={known}>
            {t(`ui.scheme.${known}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
