import type { LocalizedText } from "@weft/contracts/client";
import type { Locale } from "@weft/ui/i18n/locales.ts";

/** A text as fields have it: one for each language, empty where there is none. */
export type Names = Readonly<Record<Locale, string>>;

export const NO_NAMES: Names = { en: "", fr: "", de: "", ca: "" };

export const namesOf = ({ en, fr = "", de = "", ca = "" }: LocalizedText): Names => ({ en, fr, de, ca });

/** An empty translation is none. */
export function localized({ en, fr, de, ca }: Names): LocalizedText {
  return { en: en.trim(), ...(fr.trim() && { fr: fr.trim() }), ...(de.trim() && { de: de.trim() }), ...(ca.trim() && { ca: ca.trim() }) };
}
