import type { Facet, LinkLevel } from "@weft/contracts";
import type { ChannelId } from "@weft/kernel";

/** What the customer shows on the other channel. `none`: they are looked for by name or number, or not at all. */
export type Proof = "none" | "card" | "code" | "link" | "order_number" | "receipt" | "reference";

/** One side of a seam: a channel, and its level for each facet at the place where the customer is. Null is the hub itself, at work for all. */
export type SeamEnd = {
  readonly channelId: ChannelId | null;
  readonly levels: Readonly<Record<Facet, LinkLevel>>;
  /** The circle that the channel belongs to; null for the retailer's own channels, absent for the hub itself. */
  readonly circle?: string | null;
};

/** What a facet is worth on the other channel once it is carried. */
export type Terms = {
  readonly identity: { readonly knows: "customer" | "shown_object" };
  readonly cart: { readonly cart: "one_live" | "moves" };
  readonly price: { readonly heldFor: "promise" | "code" };
  readonly promise: { readonly places: "all" | "collection_where_offered" };
  readonly order: { readonly may: readonly ("see" | "change" | "collect" | "return")[]; readonly refundTo: "tender" | "store_credit" };
  readonly loyalty: { readonly earn: "anywhere"; readonly burn: "anywhere" | "home"; readonly balanceAsOf: "now" | "last_night" };
  readonly conversation: { readonly shows: "thread" | "summary" };
  readonly preferences: { readonly travels: "all" | "opt_outs" };
};

/**
 * The answer of `carries`. `level` is that of the seam for this facet. When it is not carried, `proofs` are what the customer might show
 * to change that: none when nothing helps.
 */
export type Carriage<F extends Facet = Facet> =
  | {
      readonly carried: true;
      readonly because: "same_channel" | "linked" | "handover" | "shown";
      readonly level: LinkLevel;
      readonly terms: Terms[F];
    }
  | { readonly carried: false; readonly because: "siloed" | "not_shown"; readonly level: LinkLevel; readonly proofs: readonly Proof[] };

type Rule<F extends Facet> = {
  readonly linked: Terms[F];
  readonly handover: Terms[F];
  /** What must be shown at `handover`; none when it travels without. */
  readonly proofs: readonly Proof[];
};

/** The table of link levels, one row per facet [CHA-5]. `siloed` has no column: nothing is carried. */
const RULES: { readonly [F in Facet]: Rule<F> } = {
  identity: {
    linked: { knows: "customer" },
    handover: { knows: "shown_object" },
    proofs: ["card", "code", "link", "order_number", "receipt"],
  },
  cart: { linked: { cart: "one_live" }, handover: { cart: "moves" }, proofs: ["code", "link"] },
  price: { linked: { heldFor: "promise" }, handover: { heldFor: "code" }, proofs: ["code", "link"] },
  promise: { linked: { places: "all" }, handover: { places: "collection_where_offered" }, proofs: [] },
  order: {
    linked: { may: ["see", "change", "collect", "return"], refundTo: "tender" },
    handover: { may: ["see", "collect", "return"], refundTo: "store_credit" },
    proofs: ["order_number", "receipt", "code"],
  },
  loyalty: {
    linked: { earn: "anywhere", burn: "anywhere", balanceAsOf: "now" },
    handover: { earn: "anywhere", burn: "home", balanceAsOf: "last_night" },
    proofs: ["card", "code"],
  },
  conversation: { linked: { shows: "thread" }, handover: { shows: "summary" }, proofs: ["reference"] },
  preferences: { linked: { travels: "all" }, handover: { travels: "opt_outs" }, proofs: [] },
};

/**
 * Decides whether a facet of a customer is carried over a seam, and on which terms [CHA-5]. A seam has the lower level of its two ends
 * [CHA-6]; within one channel everything is carried. Withdrawal, suppression and erasure are rights and not facets: they hold on every
 * level, whatever this answers.
 */
export function carries<F extends Facet>(from: SeamEnd, to: SeamEnd, facet: F, proof: Proof = "none"): Carriage<F> {
  const rule: Rule<F> = RULES[facet];
  if (from.channelId !== null && from.channelId === to.channelId)
    return { carried: true, because: "same_channel", level: "linked", terms: rule.linked };
  const level = areApart(from, to) ? "siloed" : lowerLevel(from.levels[facet], to.levels[facet]);
  if (level === "linked") return { carried: true, because: "linked", level, terms: rule.linked };
  if (level === "siloed") return { carried: false, because: "siloed", level, proofs: [] };
  if (rule.proofs.length === 0) return { carried: true, because: "handover", level, terms: rule.handover };
  if (rule.proofs.includes(proof)) return { carried: true, because: "shown", level, terms: rule.handover };
  return { carried: false, because: "not_shown", level, proofs: rule.proofs };
}

/** Between a circle and what is outside of it nothing is carried, whatever the levels are [CHA-9]. */
function areApart(from: SeamEnd, to: SeamEnd): boolean {
  return from.circle !== undefined && to.circle !== undefined && from.circle !== to.circle;
}

const RANK: Readonly<Record<LinkLevel, number>> = { siloed: 0, handover: 1, linked: 2 };

/** The lower of two levels: that of the seam between them [CHA-6]. */
export function lowerLevel(a: LinkLevel, b: LinkLevel): LinkLevel {
  return RANK[a] <= RANK[b] ? a : b;
}
