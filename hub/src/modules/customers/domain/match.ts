import type { RecordId } from "@weft/kernel";
import type { Attributes, Candidate, Identifier } from "./records.ts";

export type MatchDecision =
  | { readonly kind: "link"; readonly to: RecordId; readonly because: string; readonly on: Identifier["kind"] }
  | { readonly kind: "review"; readonly pairs: readonly RecordId[]; readonly because: string }
  | { readonly kind: "new" };

/**
 * Decides what a record's identifiers say about who it is [IDN-2]. Only a value verified on both sides links without a person;
 * a shared unverified one asks for review, because a family often shares a phone number. A pair that was judged different
 * is never linked or asked about again [IDN-3].
 */
export function decideMatch(identifiers: readonly Identifier[], candidates: readonly Candidate[]): MatchDecision {
  const open = candidates.filter((candidate) => !candidate.mustNotLink);
  const proven = open.filter((candidate) => candidate.verified && identifiers.some((own) => own.kind === candidate.kind && own.verified));
  const strongest = [...proven].sort((a, b) => rank(a.kind) - rank(b.kind))[0];
  if (strongest) return { kind: "link", to: strongest.recordId, because: `${strongest.kind}_verified_on_both`, on: strongest.kind };
  const shared = open.filter((candidate) => candidate.kind === "email" || candidate.kind === "phone");
  const first = shared[0];
  if (!first) return { kind: "new" };
  return { kind: "review", pairs: [...new Set(shared.map((candidate) => candidate.recordId))], because: `${first.kind}_shared_unverified` };
}

/** Account id, then e-mail, phone, card: the order in which identifiers are believed when they disagree. */
function rank(kind: Identifier["kind"]): number {
  return ["external", "email", "phone", "card", "device"].indexOf(kind);
}

/** The words by which a person is found: lower case, without accents, split at anything that is no letter. */
export function nameWords(attributes: Pick<Attributes, "givenName" | "familyName">): string[] {
  const text = `${attributes.givenName ?? ""} ${attributes.familyName ?? ""}`;
  return [
    ...new Set(
      foldText(text)
        .split(/[^\p{L}\p{N}]+/u)
        .filter((word) => word.length > 0),
    ),
  ];
}

/** Case and accents away, so that Müller is found as muller and Léa as lea. */
export function foldText(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("œ", "oe")
    .replaceAll("ø", "o")
    .replaceAll("ł", "l");
}

/** `+33 6 12 34 56 78` as a cashier may see it: `•• 56 78`; an e-mail as `l•••@example.com`. */
export function maskContact(kind: "email" | "phone", value: string): string {
  if (kind === "phone") return `•• ${value.slice(-4, -2)} ${value.slice(-2)}`;
  const [local = "", domain = ""] = value.split("@");
  return `${local.slice(0, 1)}•••@${domain}`;
}
