import { Textarea, TextInput } from "@mantine/core";
import type { LocalizedText } from "@weft/contracts/client";
import { LOCALE_NAMES, LOCALES } from "@weft/ui/i18n/locales.ts";
import { t } from "../../t.ts";
import { withText } from "./draft.ts";
import styles from "./editor.module.css";

type NamesProps = {
  readonly name: LocalizedText;
  readonly description: LocalizedText;
  readonly onName: (name: LocalizedText) => void;
  readonly onDescription: (description: LocalizedText) => void;
};

/** Name and description in the four languages side by side. Where one is empty, its readers see English. */
export function NamesInLanguages({ name, description, onName, onDescription }: NamesProps) {
  return (
    <div className={styles.languages}>
      {LOCALES.map((locale) => (
        <div key={locale} className={styles.language}>
          <TextInput
            lang={locale}
            required={locale === "en"}
            maxLength={200}
            label={LOCALE_NAMES[locale]}
            value={name[locale] ?? ""}
            onChange={({ currentTarget }) => onName(withText(name, locale, currentTarget.value))}
          />
          <Textarea
            lang={locale}
            autosize
            minRows={3}
            maxLength={5000}
            aria-label={t("office.catalog.description", { language: LOCALE_NAMES[locale] })}
            placeholder={t("office.catalog.description", { language: LOCALE_NAMES[locale] })}
            value={description[locale] ?? ""}
            onChange={({ currentTarget }) => onDescription(withText(description, locale, currentTarget.value))}
          />
        </div>
      ))}
    </div>
  );
}

type TextsProps = {
  /** What the texts are about: said to who does not see where the field stands. */
  readonly label: string;
  readonly text: LocalizedText;
  readonly isRequired?: boolean;
  readonly onChange: (text: LocalizedText) => void;
};

/** One short text in the four languages. */
export function TextInLanguages({ label, text, isRequired = false, onChange }: TextsProps) {
  return (
    <div className={styles.languages}>
      {LOCALES.map((locale) => (
        <TextInput
          key={locale}
          lang={locale}
          size="xs"
          required={isRequired && locale === "en"}
          maxLength={200}
          label={t("office.catalog.in_language", { what: label, language: LOCALE_NAMES[locale] })}
          value={text[locale] ?? ""}
          onChange={({ currentTarget }) => onChange(withText(text, locale, currentTarget.value))}
        />
      ))}
    </div>
  );
}
