import type { Because, LocalizedText } from "@weft/contracts/client";
import { currentLocale } from "../i18n/i18n.ts";

/** The promotions that made a line cheaper, by their names in the reader's language. */
export function promotionNames(because: readonly Because[]): string[] {
  return because.flatMap(({ kind, data }) => {
    const name = kind === "price.promotion" ? data?.["name"] : undefined;
    return isLocalized(name) ? [name[currentLocale()] ?? name.en] : [];
  });
}

function isLocalized(value: unknown): value is LocalizedText {
  return typeof value === "object" && value !== null && "en" in value && typeof value.en === "string";
}
