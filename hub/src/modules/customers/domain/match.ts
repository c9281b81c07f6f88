import type { CustomerId, IdentifierId, RecordId } from "@weft/kernel";
import { effectOf, type Limits } from "./limits.ts";
import type { Candidate, Identifier, IdentifierKind } from "./records.ts";

/** A link to add between the record and another, and the value that proves it. */
export type ProvenLink = { readonly to: RecordId; readonly identifierId: IdentifierId; readonly on: IdentifierKind };
/** A pair for a person to judge. */
export type Doubt = { readonly with: RecordId; readonly identifierId: IdentifierId; readonly because: string };

export type MatchDecision = {
  readonly links: readonly ProvenLink[];
  readonly reviews: readonly Doubt[];
  /** Proven links that a limit forbids: told as violations, and asked of a person. */
  readonly violations: readonly ProvenLink[];
  /** Proven links to whom a person judged to be different: that stands [IDN-3], and is told. */
  readonly contradicted: readonly ProvenLink[];
  readonly because: string;
};

/** One write asks a person about at most so many others: the next ones are seen when these are judged. */
const MOST_QUESTIONS = 5;

/**
 * Decides what a record's identifiers say about who it is [IDN-2], by the limits as they are set [IDN-29]. Only a value verified on both sides
 * links without a person; a shared unverified one asks for review, because a family often shares a phone number. A pair that was judged
 * different is never linked or asked about again [IDN-3].
 */
export function decideMatch(identifiers: readonly Identifier[], candidates: readonly Candidate[], limits: Limits): MatchDecision {
  const open = candidates.filter((candidate) => !candidate.mustNotLink);
  const effects = new Map(open.map((candidate) => [candidate, effect(candidate, identifiers, open, limits)]));
  const isProven = ({ kind, verified }: Candidate) => verified && identifiers.some((own) => own.kind === kind && own.verified);
  const joining = open.filter((candidate) => effects.get(candidate) === "joins");
  const proven = onePerCustomer(joining.toSorted((a, b) => rank(a.kind) - rank(b.kind)));
  const contradicted = onePerCustomer(candidates.filter((candidate) => candidate.mustNotLink && isProven(candidate))).map(provenLink);
  const links = proven.filter(({ tooMany }) => !tooMany);
  const forbidden = proven.filter(({ tooMany }) => tooMany);
  const linked = new Set(links.map(({ customerId }) => customerId));
  const hints = open.filter((candidate) => effects.get(candidate) === "asks" && !linked.has(candidate.customerId));
  const reviews = [
    ...forbidden.map((candidate) => doubt(candidate, "limit_reached")),
    ...onePerCustomer(hints)
      .filter(({ customerId }) => !forbidden.some((other) => other.customerId === customerId))
      .map((candidate) => doubt(candidate, `${candidate.kind}_${isProven(candidate) ? "shared" : "shared_unverified"}`)),
  ].slice(0, MOST_QUESTIONS);
  const [first] = links;
  const because = first ? `${first.kind}_verified_on_both` : (reviews[0]?.because ?? "nobody_like_this");
  return { links: links.map(provenLink), reviews, violations: forbidden.map(provenLink), contradicted, because };
}

/** What the value that a candidate shares does. Something else agrees where their names do, or another of their values is shared. */
function effect(candidate: Candidate, identifiers: readonly Identifier[], open: readonly Candidate[], limits: Limits) {
  const { kind, customerId, identifierId, verified, isSameName } = candidate;
  const isProven = verified && identifiers.some((own) => own.kind === kind && own.verified);
  if (kind === "external") return isProven ? "joins" : "nothing";
  const hasCompany = isSameName || open.some((other) => other.customerId === customerId && other.identifierId !== identifierId);
  return effectOf(limits[kind], isProven, hasCompany);
}

function onePerCustomer(candidates: readonly Candidate[]): Candidate[] {
  const first = new Map<CustomerId, Candidate>();
  for (const candidate of candidates) if (!first.has(candidate.customerId)) first.set(candidate.customerId, candidate);
  return [...first.values()];
}

const provenLink = ({ recordId, identifierId, kind }: Candidate): ProvenLink => ({ to: recordId, identifierId, on: kind });

const doubt = ({ recordId, identifierId }: Candidate, because: string): Doubt => ({ with: recordId, identifierId, because });

/** Account id, then e-mail, phone, card: the order in which identifiers are believed when they disagree. */
function rank(kind: IdentifierKind): number {
  return ["external", "email", "phone", "card", "payment_card", "device"].indexOf(kind);
}
