import { z } from "zod";
import { PreferencesInForce } from "./consent.ts";
import { Address } from "./places.ts";
import { ChannelKind, CustomerParams, IdParams, Instant, LocalDate, Locale, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

/** A profile field with the source record and the survivorship rule it comes from. */
export const ProfileField = z
  .object({
    field: z.enum(["givenName", "familyName", "email", "phone", "birthDate", "address", "locale"]),
    value: z.unknown(),
    fromRecordId: Uuid,
    fromChannelId: Uuid,
    fromChannelKind: ChannelKind,
    rule: z.enum(["verified", "most_recent", "channel_priority", "oldest"]),
    at: Instant,
  })
  .meta({ id: "ProfileField" });

export const CustomerIdentifier = z
  .object({
    /** Of the value, whoever has it: see `identifiers.read`. */
    id: Uuid,
    kind: z.enum(["email", "phone", "card", "payment_card", "external", "device"]),
    value: z.string(),
    verifiedAt: Instant.nullable(),
    firstSeenAt: Instant,
    recordId: Uuid,
  })
  .meta({ id: "CustomerIdentifier" });

/** One channel's view of the person, kept as it came. */
export const SourceRecord = z
  .object({
    id: Uuid,
    channelId: Uuid,
    channelKind: ChannelKind,
    channelName: z.string(),
    externalId: z.string().nullable(),
    attributes: z.record(z.string(), z.unknown()),
    version: z.int(),
    createdAt: Instant,
    updatedAt: Instant,
    /** The link that joins it to the customer; null for the only or first record. */
    link: z
      .object({
        id: Uuid,
        kind: z.enum(["shared_identifier", "model", "agent", "customer"]),
        /** That they are one person, where likeness joined them. */
        chance: z.number().nullable(),
        because: z.string(),
        at: Instant,
        canUndo: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: "SourceRecord" });

export const Customer = z
  .object({
    id: Uuid,
    givenName: z.string().nullable(),
    familyName: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    birthDate: LocalDate.nullable(),
    address: Address.nullable(),
    locale: Locale.nullable(),
    cardNumber: z.string().nullable(),
    createdAt: Instant,
    state: z.enum(["active", "provisional", "erased"]),
  })
  .meta({ id: "Customer" });

/** The whole picture: what the office shows on the customer page. */
export const CustomerPage = Customer.extend({
  fields: z.array(ProfileField),
  identifiers: z.array(CustomerIdentifier),
  records: z.array(SourceRecord),
  points: z.int(),
  openCartId: Uuid.nullable(),
  orderCount: z.int(),
  lastSeen: z.object({ at: Instant, channelKind: ChannelKind, placeName: z.string().nullable() }).nullable(),
}).meta({ id: "CustomerPage" });

export const NewCustomerBody = z.object({
  externalId: z.string().min(1).max(120).optional(),
  givenName: z.string().max(80).optional(),
  familyName: z.string().max(80).optional(),
  email: z.string().max(254).optional(),
  phone: z.string().max(40).optional(),
  /** What a payment terminal calls the card, the same whenever it is used; of a secret key or staff. Never a card number. */
  paymentCard: z
    .string()
    .min(8)
    .max(100)
    .regex(/[^\d\s-]/)
    .optional(),
  birthDate: LocalDate.optional(),
  address: Address.optional(),
  locale: Locale.optional(),
  traits: z.record(z.string().max(80), z.union([z.string().max(2000), z.number(), z.boolean(), z.null()])).optional(),
  /** Only a secret-key channel that is set to vouch, or staff after a code, may say so. */
  verified: z.array(z.enum(["email", "phone"])).optional(),
});

export const CustomerResolution = z
  .object({ resolution: z.enum(["created", "matched", "review"]), because: z.string(), recordId: Uuid, customer: Customer })
  .meta({ id: "CustomerResolution" });

export const TimelineEntry = z
  .object({
    id: Uuid,
    at: Instant,
    kind: z.string(),
    name: z.string().nullable(),
    channelKind: ChannelKind,
    channelName: z.string(),
    placeId: Uuid.nullable(),
    placeName: z.string().nullable(),
    recordId: Uuid,
    /** What the entry is about, to open it: order, cart, message… */
    reference: z.object({ kind: z.string(), id: Uuid }).nullable(),
    data: z.record(z.string(), z.unknown()),
    /** What the person was shown there; null when nothing was. */
    shown: z.record(z.string(), z.unknown()).nullable(),
    /** The journey that it is part of: `cart/<id>`, `order/<id>`, `conversation/<id>` or `campaign/<name>`. */
    journeyRef: z.string().nullable(),
    /** The earlier entry that it looks a resend of; null for almost everything. */
    resendOf: z.object({ id: Uuid, at: Instant, because: z.enum(["same_message_id", "same_time", "same_content"]) }).nullable(),
  })
  .meta({ id: "TimelineEntry" });

/** What staff did with a file on one day at one place and device. `id` is that of the newest access among them. */
export const Access = z
  .object({
    id: Uuid,
    at: Instant,
    since: Instant,
    /** Of the place; null where it was at none. */
    timeZone: z.string().nullable(),
    what: z.array(z.enum(["opened", "read", "changed"])),
    count: z.int(),
    channelKind: ChannelKind.nullable(),
    placeName: z.string().nullable(),
    deviceName: z.string().nullable(),
    /** When its person said that they did not cause it. */
    objectedAt: Instant.nullable(),
  })
  .meta({ id: "Access" });

export const customersEndpoints = {
  "customers.create": {
    summary: "A channel's record of a person; answers the customer it resolves to. A publishable key gets 202 without a body",
    tag: "customers",
    body: NewCustomerBody,
    response: CustomerResolution,
    status: 201,
  },
  "customers.find": {
    summary: "Find by anything: name or part of it, phone, e-mail, card",
    tag: "customers",
    query: z.object({ ...PageQuery, query: z.string().min(1).max(600) }),
    response: pageOf(Customer),
    status: 200,
  },
  "customers.read": {
    summary: "The whole picture of a customer",
    tag: "customers",
    params: CustomerParams,
    response: CustomerPage,
    status: 200,
  },
  "customers.update": {
    summary: "Change what this channel knows of the person: a new version of its record",
    tag: "customers",
    params: CustomerParams,
    body: z.object({
      givenName: z.string().max(80).optional(),
      familyName: z.string().max(80).optional(),
      birthDate: LocalDate.optional(),
      address: Address.optional(),
      locale: Locale.optional(),
    }),
    response: CustomerPage,
    status: 200,
  },
  "customers.timeline": {
    summary: "Everything that happened on every channel, newest first",
    tag: "customers",
    params: CustomerParams,
    query: z.object({ ...PageQuery, channelKind: ChannelKind.optional(), kind: z.string().max(60).optional() }),
    response: pageOf(TimelineEntry),
    status: 200,
  },
  "customers.merge": {
    summary: "Link another customer's records with a reason; nothing moves",
    tag: "customers",
    params: IdParams,
    body: z.object({ otherId: Uuid, reason: z.string().min(3).max(500) }),
    response: z.object({ mergeId: Uuid, customer: Customer }).meta({ id: "Merge" }),
    status: 201,
  },
  "customers.unmerge": {
    summary: "Withdraw the link: both are exactly as before",
    tag: "customers",
    params: IdParams,
    response: z.object({ customers: z.array(Customer) }),
    status: 200,
  },
  "customers.export": {
    summary: "All data of a person as one JSON document",
    tag: "customers",
    params: CustomerParams,
    response: z.record(z.string(), z.unknown()),
    status: 200,
  },
  "customers.accesses": {
    summary: "Where and when staff opened this file: grouped by day, place and device, without names, the newest first",
    tag: "customers",
    params: CustomerParams,
    response: z.object({ items: z.array(Access) }).meta({ id: "Accesses" }),
    status: 200,
  },
  "customers.objectToAccess": {
    summary: "“That was not me”: the privacy officers look into this access. Said twice it is one objection",
    tag: "customers",
    params: z.object({ id: z.literal("me"), accessId: Uuid }),
    response: null,
    status: 204,
  },
  "customers.erase": { summary: "Erase the person in every module", tag: "customers", params: CustomerParams, response: null, status: 204 },
  "customers.me": {
    summary: "The signed-in customer with card and points",
    tag: "customers",
    response: Customer.extend({
      points: z.int(),
      cardToken: z.string(),
      verified: z.array(z.enum(["email", "phone"])),
      channels: z.array(ChannelKind),
      preferences: PreferencesInForce,
    }).meta({ id: "Me" }),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
