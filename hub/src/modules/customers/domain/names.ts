import type { Attributes, ContactKind } from "./records.ts";

/** The words by which a person is found, at most eight: lower case, without accents, split at anything that is no letter. */
export function nameWords(attributes: Pick<Attributes, "givenName" | "familyName">): string[] {
  return wordsOf(`${attributes.givenName ?? ""} ${attributes.familyName ?? ""}`);
}

/** The words of what someone typed, folded as names are. */
export function wordsOf(text: string): string[] {
  return [...new Set(foldText(text).split(/[^\p{L}\p{N}]+/u))].filter((word) => word.length > 0).slice(0, 8);
}

/** Case and accents away, so that Müller is found as muller and Léa as lea. */
export function foldText(text: string): string {
  const plain = text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return plain.replaceAll("ß", "ss").replaceAll("œ", "oe").replaceAll("æ", "ae").replaceAll("ø", "o").replaceAll("ł", "l");
}

/** Whether two records call the person the same, as far as both say. */
export function isSameName(a: Pick<Attributes, "givenName" | "familyName">, b: Pick<Attributes, "givenName" | "familyName">): boolean {
  const agree = (one: string | undefined, other: string | undefined) => foldText(one ?? "") === foldText(other ?? "");
  return agree(a.givenName, b.givenName) && agree(a.familyName, b.familyName);
}

/** `+33612345678` as a cashier may see it: `•• 56 78`; an e-mail as `l•••@example.com` [IDN-11]. */
export function maskContact(kind: ContactKind, value: string): string {
  if (kind === "phone") return `•• ${value.slice(-4, -2)} ${value.slice(-2)}`;
  const at = value.lastIndexOf("@");
  return `${value.slice(0, 1)}•••${value.slice(at)}`;
}
