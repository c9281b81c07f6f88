import { setLocale, useLocale } from "../i18n/i18n.ts";
import { isLocale, LOCALE_NAMES, LOCALES } from "../i18n/locales.ts";
import { t } from "../t.ts";
import styles from "./picker.module.css";

/** Changes the language of this browser. Each language is named by itself. */
export function LanguagePicker() {
  const locale = useLocale();
  return (
    <label className={styles.picker}>
      <span>{t("ui.language")}</span>
      <select
        value={locale}
        onChange={({ target }) => {
          if (isLocale(target.value)) void setLocale(target.value);
        }}
      >
        {LOCALES.map((candidate) => (
          <option key={candidate} value={candidate} lang={candidate}>
            {LOCALE_NAMES[candidate]}
          </option>
        ))}
      </select>
    </label>
  );
}
