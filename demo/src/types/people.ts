import type { ChannelId, CustomerId, OrderId, PlaceId, RecordId, VariantId } from "@weft/kernel";
import type { TaxContext } from "./catalog.ts";
import type { Country, DemoAddress, Language, Persona } from "./places.ts";

/** How the channels' records of one person stand to each other when the demo begins. */
export type Presence = "web_only" | "till_only" | "unlinked" | "linked";
/** A channel's own record of a person, ready for `POST /v1/customers`. */
export type DemoRecord = {
  readonly id: RecordId;
  readonly externalId: string;
  readonly channelId: ChannelId;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  readonly verified: readonly ("email" | "phone")[];
  readonly birthDate: string | undefined;
  readonly address: DemoAddress | undefined;
  readonly language: Language;
  readonly createdAt: Date;
};
export type DemoCustomer = {
  readonly id: CustomerId;
  readonly n: number;
  readonly presence: Presence;
  readonly country: Country;
  /** Where the person mostly goes. */
  readonly homePlaceId: PlaceId;
  readonly isMember: boolean;
  /** One to three; records of a `linked` person share a verified e-mail address. */
  readonly records: readonly DemoRecord[];
  readonly persona: Persona | undefined;
};

export type ChosenOption = { readonly group: string; readonly value: string };
export type DemoOrderLine = {
  readonly sku: string;
  readonly variantId: VariantId;
  readonly quantity: number;
  readonly options: readonly ChosenOption[];
  /** Minor units, tax included, options included: what the place's list said. */
  readonly unitPrice: number;
};
/** A past order, to be loaded as history (completion mode `imported`). */
export type DemoOrder = {
  readonly id: OrderId;
  readonly externalId: string;
  readonly recordId: RecordId;
  readonly channelId: ChannelId;
  readonly placeId: PlaceId;
  readonly at: Date;
  readonly kind: "take_away" | "collect" | "ship";
  readonly taxContext: TaxContext;
  readonly tender: "cash" | "card";
  readonly lines: readonly DemoOrderLine[];
  /** Minor units, the sum of quantity × unit price. */
  readonly total: number;
};
/** "The usual" of a person: first is dearest. */
export type DemoFavorite = {
  readonly recordId: RecordId;
  readonly sku: string;
  readonly options: readonly ChosenOption[];
  readonly position: number;
};

/** A firm whose people are customers of the chain. Limits are minor units of EUR; null: none. */
export type DemoCompany = {
  readonly code: string;
  readonly name: string;
  readonly country: Country;
  readonly vatNumber: string;
  readonly address: { readonly line1: string; readonly postcode: string; readonly city: string };
  readonly priceGroup: string | null;
  readonly monthLimit: number | null;
  readonly orderLimit: number | null;
  /** What it may buy on account, in minor units of the euro; null: nothing. */
  readonly credit: { readonly limit: number; readonly termsDays: number } | null;
  /** By their number in the chain; a smaller chain has fewer of them. */
  readonly people: readonly { readonly customer: number; readonly role: "owner" | "buyer" | "member" }[];
  /** Only a channel said that there is such a firm. */
  readonly isSuggested: boolean;
};
