import type { AddressView, ChannelKind, Locale } from "@weft/contracts";
import type { ChannelId, CustomerId, IdentifierId, RecordId } from "@weft/kernel";

export type IdentifierKind = "email" | "phone" | "card" | "external" | "device";
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
export type Identifier = { readonly kind: IdentifierKind; readonly value: string; readonly verified: boolean };

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

/**
 * What of a saying still counts when it comes late [IDN-21]: a field that was said again since keeps what it has; of traits, whose times are
 * kept together, those are added that nobody has said.
 */
export function notSaidSince(said: Attributes, known: Pick<RecordFacts, "attributes" | "saidAt">, at: Date): Attributes {
  const wasSaidSince = (field: string) => (known.saidAt[field] ?? "") > at.toISOString(); // both as ISO 8601, UTC, which sort as texts
  const { traits, ...fields } = said;
  const counting = Object.fromEntries(Object.entries(fields).filter(([field]) => !wasSaidSince(field)));
  if (!traits) return counting;
  if (!wasSaidSince("traits")) return { ...counting, traits };
  const isNew = ([name]: readonly [string, unknown]) => known.attributes.traits?.[name] === undefined;
  return { ...counting, traits: Object.fromEntries(Object.entries(traits).filter(isNew)) };
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
};
