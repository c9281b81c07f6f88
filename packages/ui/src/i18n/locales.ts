/** The languages every screen speaks. A key that one of them lacks fails the build. */
export const LOCALES = ["en", "fr", "de", "ca"] as const;
export type Locale = (typeof LOCALES)[number];

/** Each language by its own name, as a reader of it looks for it. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: "English", fr: "Français", de: "Deutsch", ca: "Català" };

/** Which regional habits (order of a date, decimal sign) go with a language when the browser names no region of it. */
const HABITS: Readonly<Record<Locale, string>> = { en: "en-GB", fr: "fr-FR", de: "de-DE", ca: "ca-ES" };

export function isLocale(text: string | null | undefined): text is Locale {
  return LOCALES.some((locale) => locale === text);
}

/** The first language of the reader's list that Weft speaks, by its primary tag: `["es-MX", "fr-CH"]` is `fr`. Else English. */
export function preferredLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split("-")[0];
    if (isLocale(language)) return language;
  }
  return "en";
}

/** The tag that formatters use: the reader's own region of the language (`fr-CH`) when their list has one, else its home region. */
export function formattingLocale(locale: Locale, wanted: readonly string[]): string {
  return wanted.find((tag) => tag.toLowerCase().startsWith(`${locale}-`)) ?? HABITS[locale];
}
