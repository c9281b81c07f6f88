import type { ConsentPurpose, ConsentTopic, ContactKind, Locale } from "@weft/contracts";
import type { Standing } from "./decisions.ts";
import { nextAllowed, type QuietHours } from "./quiet.ts";

/** Why an address is left alone. `erased`: its person had withdrawn and was erased since; only the hash is left [CNS-6]. */
export type SuppressionReason = "hard_bounce" | "complaint" | "do_not_contact" | "erased";

/** How somebody wants to be reached: the newest that any of their linked records said. */
export type Preferences = {
  readonly channel: ContactKind | null;
  readonly language: Locale | null;
  readonly quietHours: QuietHours | null;
  /** No marketing before this instant. */
  readonly pausedUntil: Date | null;
};

export const NO_PREFERENCES: Preferences = { channel: null, language: null, quietHours: null, pausedUntil: null };

/**
 * What a message is for. `requested`: they asked for it this minute (a code, a receipt); `transactional`: an order that they placed needs
 * it; `notice`: the law asks that they are told; the others need a yes, about a topic.
 */
export type MessagePurpose =
  | { readonly purpose: "requested" | "transactional" | "notice" }
  | { readonly purpose: ConsentPurpose; readonly topic: ConsentTopic };

/** Why a message does not leave, now or later. */
export type Refusal = SuppressionReason | "withdrawn" | "pending" | "no_consent" | "always_quiet";

/** What is known when a message wants to leave. */
export type ContactFacts = {
  readonly standing: Standing;
  readonly suppressions: readonly SuppressionReason[];
  readonly preferences: Preferences;
  readonly country: string;
  readonly timeZone: string;
  readonly kind: ContactKind;
  readonly at: Date;
};

export type ContactDecision =
  | { readonly allowed: true; readonly because: { readonly kind: "requested" | "contract" | "law" | "consent" } }
  | { readonly allowed: false; readonly because: { readonly kind: Refusal } }
  /** Not now: ask again at `until`. */
  | { readonly allowed: false; readonly because: { readonly kind: "paused" | "quiet_hours"; readonly until: Date } };

/**
 * Whether a message may reach somebody now [CNS-4]. A dead address gets nothing but what its owner asks for this minute: that is how it
 * comes alive again. What an order needs passes by contract, at any hour. What the law asks to tell goes to whoever declined marketing, too,
 * but never to an address that is left alone, and not in quiet hours; the rest needs a yes, no pause and no quiet hours.
 */
export function decideContact({ purpose }: MessagePurpose, facts: ContactFacts): ContactDecision {
  if (purpose === "requested") return { allowed: true, because: { kind: "requested" } };
  if (facts.suppressions.includes("hard_bounce")) return refused("hard_bounce");
  if (purpose === "transactional") return { allowed: true, because: { kind: "contract" } };
  const [suppressed] = facts.suppressions;
  if (suppressed) return refused(suppressed);
  if (purpose === "notice") return whenQuiet(facts) ?? { allowed: true, because: { kind: "law" } };
  const { state } = facts.standing;
  if (state !== "granted") return refused(state === "none" ? "no_consent" : state);
  return whenNotNow(facts) ?? { allowed: true, because: { kind: "consent" } };
}

function whenNotNow(facts: ContactFacts): ContactDecision | null {
  const { pausedUntil } = facts.preferences;
  if (pausedUntil && pausedUntil > facts.at) return { allowed: false, because: { kind: "paused", until: pausedUntil } };
  return whenQuiet(facts);
}

function whenQuiet({ at, kind, country, timeZone, preferences }: ContactFacts): ContactDecision | null {
  const next = nextAllowed(at, { country, kind, timeZone, own: preferences.quietHours });
  if (next === null) return refused("always_quiet");
  return next > at ? { allowed: false, because: { kind: "quiet_hours", until: next } } : null;
}

const refused = (kind: Refusal): ContactDecision => ({ allowed: false, because: { kind } });

/** Countries whose courts ask that a yes by mail is confirmed from the mailbox itself; an entity's own setting comes first [CNS-5]. */
export function asksTwice(country: string, own: boolean | null): boolean {
  return own ?? (country === "DE" || country === "AT");
}
