import { t } from "../t.ts";

/** The fourteen that European law names (Regulation 1169/2011, annex II), as codes of the catalog. */
const ALLERGENS = [
  "gluten",
  "crustaceans",
  "egg",
  "fish",
  "peanut",
  "soy",
  "milk",
  "nuts",
  "celery",
  "mustard",
  "sesame",
  "sulfites",
  "lupin",
  "mollusks",
] as const;

/** What an allergen is called; one that is not of the list is shown as it came rather than hidden. */
export function allergenName(code: string): string {
  const known = ALLERGENS.find((allergen) => allergen === code);
  return known === undefined ? code : t(`ui.allergen.${known}`);
}
