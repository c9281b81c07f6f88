import type { Locale } from "@weft/contracts";

const BY_COUNTRY: Readonly<Record<string, Locale>> = { FR: "fr", BE: "fr", LU: "fr", DE: "de", AT: "de", CH: "de", AD: "ca", ES: "ca" };

/** The language of a place's papers when the reader asks for none. Spain is Catalan here: the four languages of the hub hold no Spanish. */
export function languageOf(country: string): Locale {
  return BY_COUNTRY[country] ?? "en";
}
