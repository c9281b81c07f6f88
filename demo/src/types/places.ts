import type { ChannelId, EntityId, GroupId, PlaceId, RegisterId, StaffId } from "@weft/kernel";
import type { Picture } from "../pictures/picture.ts";

export type Language = "en" | "fr" | "de" | "ca";
export type Country = "FR" | "DE" | "ES";
/** A text in all four languages of the demo. */
export type Texts = Readonly<Record<Language, string>>;

export type DemoAddress = { readonly line1: string; readonly postcode: string; readonly city: string; readonly country: Country };

export type DemoEntity = {
  readonly id: EntityId;
  readonly code: string;
  readonly name: string;
  readonly country: Country;
  readonly vatId: string;
  readonly currency: "EUR";
  readonly timeZone: string;
  /** Its seat. */
  readonly address: DemoAddress;
  readonly language: Language;
};

/** What a group sets for all places below it, until a lower group or the place says otherwise. */
export type DemoSettings = {
  readonly language?: Language;
  /** Minutes from order to ready when nothing else is known. */
  readonly collectReadyMinutes?: number;
  /** How long before closing a store says that it closes soon. */
  readonly closingSoonMinutes?: number;
  /** Days after which an order that nobody fetched goes back to stock. */
  readonly collectWindowDays?: number;
  readonly receiptFooter?: string;
  /** Months until gift cards end; without: never. */
  readonly giftCardMonths?: number;
  /** Collection slots: how many minutes each, for how many orders. */
  readonly slotMinutes?: number;
  readonly slotOrders?: number;
  /** Who makes what behind the counter. */
  readonly stations?: string;
  readonly tables?: string;
  /** Codes of categories whose goods come back only when something is wrong with them. */
  readonly returnFaultyOnly?: string;
  /** Over how many places what is shipped may be spread. */
  readonly shipMostParcels?: number;
  /** Tips that tills suggest, in percent. */
  readonly tipPercents?: string;
  readonly eatIn?: boolean;
};

/** A node of the tree chain → country → city; parents stand before their children. */
export type DemoGroup = {
  readonly id: GroupId;
  readonly code: string;
  readonly parentId: GroupId | undefined;
  readonly name: string;
  readonly settings: DemoSettings;
};

/** Minutes after midnight in the place's zone; `until` past 1440 belongs to the day it starts on. */
export type OpeningInterval = { readonly from: number; readonly until: number };
export type OpeningHours = {
  /** Seven lists, Monday first. */
  readonly weekly: readonly (readonly OpeningInterval[])[];
  /** Dated days in place of the weekly ones. No interval: closed. `name` is in the language of the country. */
  readonly exceptions: readonly { readonly date: string; readonly name: string; readonly intervals: readonly OpeningInterval[] }[];
};

export type PlaceSite = "street" | "station" | "airport" | "depot";
export type DemoPlace = {
  readonly id: PlaceId;
  readonly code: string;
  readonly entityId: EntityId;
  readonly groupId: GroupId;
  readonly kind: "store" | "warehouse";
  readonly site: PlaceSite;
  readonly name: string;
  readonly address: DemoAddress;
  readonly latitude: number;
  readonly longitude: number;
  readonly timeZone: string;
  /** Minutes after midnight at which the business day ends. */
  readonly dayEnd: number;
  readonly phone: string;
  readonly email: string;
  readonly hours: OpeningHours;
  readonly services: readonly string[];
  readonly settings: DemoSettings;
};

export type DemoRegister = { readonly id: RegisterId; readonly code: string; readonly placeId: PlaceId; readonly name: string };

export type DemoChannelKind = "web" | "app" | "store" | "phone" | "email" | "office";
export type DemoChannel = {
  readonly id: ChannelId;
  readonly code: string;
  readonly kind: DemoChannelKind;
  readonly name: string;
  readonly entityId: EntityId;
  readonly linkLevel: "linked";
  /** Whether its secret key may say which contact points it has verified. */
  readonly vouches: boolean;
  /** Known to everyone who reads the repository: a hub in production refuses both. */
  readonly publishableKey: string;
  readonly secretKey: string;
};

export type Role = "owner" | "manager" | "cashier" | "barista" | "agent" | "marketer" | "privacy_officer" | "read_only";
export type Persona = "lea" | "jordi" | "anna";
export type DemoStaff = {
  readonly id: StaffId;
  readonly code: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  /** Where the roles hold; empty means every place. */
  readonly placeIds: readonly PlaceId[];
  readonly password: string;
  /** For the till: unique among the staff of a place. */
  readonly pin: string | undefined;
  readonly language: Language;
  readonly persona: Persona | undefined;
};

/** A service that costs something, with the product that it is sold as. */
export type DemoWorkshop = {
  readonly category: Readonly<Record<Language, string>>;
  readonly sku: string;
  readonly slug: string;
  /** Minor units, tax in. */
  readonly amount: number;
  readonly taxClass: string;
  readonly picture: Picture;
  readonly service: DemoService;
};

/** Goods by weight. */
export type DemoWeighed = {
  readonly sku: string;
  readonly slug: string;
  /** The code of its category. */
  readonly category: string;
  /** Minor units for a kilogram, tax in. */
  readonly perKilo: number;
  readonly taxClass: string;
  readonly name: Readonly<Record<Language, string>>;
  readonly description: Readonly<Record<Language, string>>;
  readonly barcodes: readonly string[];
  readonly picture: Picture;
};

/** What a customer books at a store. */
export type DemoService = {
  readonly code: string;
  readonly name: Readonly<Record<Language, string>>;
  readonly description: Readonly<Record<Language, string>>;
  readonly minutes: number;
  readonly seats: number;
  readonly minutesAfter: number;
  readonly skill: string;
};
