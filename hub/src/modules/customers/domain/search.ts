import { wordsOf } from "./names.ts";

/** What someone who looks for a person typed or scanned. */
export type Search =
  | { readonly kind: "card_token"; readonly token: string }
  | { readonly kind: "email"; readonly text: string }
  /** A whole number: of a phone, a card, or of a channel's own. */
  | { readonly kind: "number"; readonly text: string; readonly digits: string }
  /** The end of a phone. */
  | { readonly kind: "last_digits"; readonly digits: string }
  | { readonly kind: "name"; readonly words: readonly string[] }
  | { readonly kind: "code"; readonly text: string };

/** How what was typed is to be looked up. The same text always means the same, so that a cashier learns it. */
export function readSearch(text: string): Search {
  const query = text.trim();
  if (/^[\w-]+\.[\w-]+\.[\w-]+(?:\.[\w-]+)?$/.test(query) && query.length > 60) return { kind: "card_token", token: query };
  if (query.includes("@")) return { kind: "email", text: query };
  const digits = query.replaceAll(/\D/g, "");
  if (/^[+\d\s().\-/]+$/.test(query) && digits.length >= 4)
    return digits.length < 8 ? { kind: "last_digits", digits } : { kind: "number", text: query, digits };
  return digits.length >= 4 ? { kind: "code", text: query } : { kind: "name", words: wordsOf(query) };
}
