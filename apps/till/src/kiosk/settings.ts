import { readStored, writeStored } from "@weft/ui/browser/storage.ts";
import { isLocale, preferredLocale, type Locale } from "@weft/ui/i18n/locales.ts";

const LANGUAGE = "weft.kiosk.language";

/** The language in which this kiosk waits for the next customer: what staff set, else the browser's. */
export function ownLanguage(): Locale {
  const stored = readStored(LANGUAGE);
  return isLocale(stored) ? stored : preferredLocale(navigator.languages);
}

export const setOwnLanguage = (locale: Locale): void => writeStored(LANGUAGE, locale);
