import type { AddressView, ChannelKind, Locale } from "@weft/contracts";
import type { ChannelId, CustomerId, IdentifierId, RecordId } from "@weft/kernel";

export type IdentifierKind = "email" | "phone" | "card" | "payment_card" | "external" | "device";
export type ContactKind = "email" | "phone";

/** What a channel says of a person. Absent is "not said", never "empty". */
export type Attributes = {
  readonly givenName?: string;
  readonly familyName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly birthDate?: string;
  readonly address?: AddressView;
  readonly locale?: Locale;
  readonly traits?: Readonly<Record<string, string | number | boolean | null>>;
};

/** More traits than this on one record are refused, visibly. */
export const MOST_TRAITS = 300;

/** One value that may tell who somebody is, normalized. */
export type Identifier = {
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly verified: boolean;
  /** It is set aside or blocked: kept with its record, and compared with no other. */
  readonly tellsNobody?: boolean;
};

/** A record with its identifiers, as survivorship looks at it. */
export type RecordFacts = {
  readonly id: RecordId;
  readonly channelId: ChannelId;
  readonly channelKind: ChannelKind;
  readonly attributes: Attributes;
  /** When the channel said each field last. */
  readonly saidAt: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  readonly verified: readonly ContactKind[];
};

/** What a field of a record is called in `said_at`; each trait has a time of its own. */
export const timesOf = ({ traits, ...fields }: Attributes): readonly string[] => [
  ...Object.keys(fields),
  ...Object.keys(traits ?? {}).map((name) => `traits.${name}`),
];

/**
 * What of a saying still counts when it comes late [IDN-21]: a field or trait that was said again since keeps what it has. Of two said at one
 * moment the greater text stands, so that the order in which they come says nothing.
 */
export function notSaidSince(said: Attributes, known: Pick<RecordFacts, "attributes" | "saidAt">, at: Date): Attributes {
  const moment = at.toISOString();
  const counts = (last: string | undefined, value: unknown, before: unknown): boolean =>
    last === moment ? (JSON.stringify(value) ?? "") > (JSON.stringify(before) ?? "") : (last ?? "") < moment; // ISO 8601, UTC: sort as texts
  const { traits, ...fields } = said;
  const had: Readonly<Record<string, unknown>> = known.attributes;
  const counting = Object.fromEntries(Object.entries(fields).filter(([field, value]) => counts(known.saidAt[field], value, had[field])));
  if (!traits) return counting;
  const hadTraits = known.attributes.traits ?? {};
  // A record that is older than the times of single traits has one for all of them.
  const saidAt = (name: string) => known.saidAt[`traits.${name}`] ?? (hadTraits[name] === undefined ? undefined : known.saidAt["traits"]);
  const still = Object.entries(traits).filter(([name, value]) => counts(saidAt(name), value, hadTraits[name]));
  return still.length > 0 ? { ...counting, traits: Object.fromEntries(still) } : counting;
}

/** A record of another customer that carries one of the same values. */
export type Candidate = {
  readonly recordId: RecordId;
  readonly customerId: CustomerId;
  readonly identifierId: IdentifierId;
  readonly kind: IdentifierKind;
  readonly verified: boolean;
  /** A person judged that these two are different. */
  readonly mustNotLink: boolean;
  /** Together they would have more values of a kind, links or identifiers than one person can have. */
  readonly tooMany: boolean;
  /** Its names are those of the record that is written. */
  readonly isSameName: boolean;
};
