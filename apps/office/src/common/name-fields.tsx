import { TextInput } from "@mantine/core";
import { LOCALE_NAMES, LOCALES } from "@weft/ui/i18n/locales.ts";
import type { Names } from "./names.ts";

type Props = {
  readonly names: Names;
  readonly maxLength: number;
  /** Of the field for a language, which is told by its own name. */
  readonly label: (language: string) => string;
  readonly onChange: (names: Names) => void;
};

/** What something is called, in the four languages. Where one is empty, its readers see English. */
export function NameFields({ names, maxLength, label, onChange }: Props) {
  return LOCALES.map((locale) => (
    <TextInput
      key={locale}
      required={locale === "en"}
      maxLength={maxLength}
      label={label(LOCALE_NAMES[locale])}
      value={names[locale]}
      onChange={({ currentTarget }) => onChange({ ...names, [locale]: currentTarget.value })}
    />
  ));
}
