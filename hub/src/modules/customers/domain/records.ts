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
