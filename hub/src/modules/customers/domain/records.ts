import type { AddressView, ChannelKind, Locale } from "@weft/contracts";
import type { ChannelId, CustomerId, IdentifierId, RecordId } from "@weft/kernel";

export type IdentifierKind = "email" | "phone" | "card" | "external" | "device";

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

/** One value that may tell who somebody is, normalized. */
export type Identifier = { readonly kind: IdentifierKind; readonly value: string; readonly verified: boolean };

/** A record with its identifiers, as matching and survivorship look at it. */
export type RecordFacts = {
  readonly id: RecordId;
  readonly channelId: ChannelId;
  readonly channelKind: ChannelKind;
  readonly attributes: Attributes;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly verified: readonly ("email" | "phone")[];
};

/** A record that carries one of the same values. */
export type Candidate = {
  readonly recordId: RecordId;
  readonly customerId: CustomerId;
  readonly identifierId: IdentifierId;
  readonly kind: IdentifierKind;
  readonly verified: boolean;
  readonly givenName: string | null;
  readonly birthDate: string | null;
  readonly mustNotLink: boolean;
};
