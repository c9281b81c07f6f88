import { z } from "zod";
import { CustomerParams, IdParams, Instant, Locale, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

export const ConsentPurpose = z.enum(["marketing", "research"]);
export type ConsentPurpose = z.infer<typeof ConsentPurpose>;
/**
 * What becomes of somebody's data besides messages: their files are joined, they are profiled, where they are is used, what they do on a
 * site is measured.
 */
export const UsePurpose = z.enum(["joining", "profiling", "location", "measurement"]);
export type UsePurpose = z.infer<typeof UsePurpose>;
/** Everything that somebody decides about. */
export const DecisionPurpose = z.enum([...ConsentPurpose.options, ...UsePurpose.options]);
export type DecisionPurpose = z.infer<typeof DecisionPurpose>;
export const ConsentTopic = z.enum(["offers", "news", "reminders", "wishes", "surveys"]);
export type ConsentTopic = z.infer<typeof ConsentTopic>;
/** The ways to a person. */
export const ContactKind = z.enum(["email", "sms", "push", "phone", "post"]);
export type ContactKind = z.infer<typeof ContactKind>;

const SOURCES = ["web", "app", "till", "staff", "server", "link", "one_click", "confirmation", "import"] as const;

const Minutes = z.int().min(0).max(1439);
const TimeZone = z
  .string()
  .max(64)
  .refine((zone) => {
    try {
      return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
    } catch {
      return false;
    }
  }, "a time zone of the IANA database");

const QuietHours = z
  .object({ from: Minutes, until: Minutes, timeZone: TimeZone })
  .meta({ id: "QuietHours", description: "Minutes after midnight on the customer's own clock; may run over midnight" });

/** What holds for one topic by one kind of channel, and where it was said. */
export const ConsentCell = z
  .object({
    purpose: ConsentPurpose,
    topic: ConsentTopic,
    channelKind: ContactKind,
    state: z.enum(["none", "pending", "granted", "withdrawn"]),
    at: Instant.nullable(),
    source: z.enum(SOURCES).nullable(),
    /** Two linked records said different things: the no holds until the customer decides. */
    isContested: z.boolean(),
  })
  .meta({ id: "ConsentCell" });

export const ContactPreferences = z
  .object({
    channel: ContactKind.nullable(),
    language: Locale.nullable(),
    quietHours: QuietHours.nullable(),
    pausedUntil: Instant.nullable(),
  })
  .meta({ id: "ContactPreferences" });

/** What somebody said of how they want to be treated, as far as it holds on the channel that shows it. */
export const PreferencesInForce = ContactPreferences.extend({
  /** Where they said yes or no; what nobody asked them is not among it. */
  said: z.array(ConsentCell.pick({ topic: true, channelKind: true }).extend({ state: z.enum(["granted", "withdrawn"]) })),
}).meta({ id: "PreferencesInForce" });

/** One use of somebody's data, what they said to it, and whether it is made. */
export const DataUse = z
  .object({
    purpose: UsePurpose,
    /** `consent`: only after a yes. `legitimate_interest`: until they object. */
    basis: z.enum(["consent", "legitimate_interest"]),
    state: z.enum(["none", "pending", "granted", "withdrawn"]),
    isAllowed: z.boolean(),
    at: Instant.nullable(),
    source: z.enum(SOURCES).nullable(),
  })
  .meta({ id: "DataUse" });

export const Terms = z
  .object({
    /** The version of the words that the customer is shown when asked. */
    wordingVersion: z.string(),
    cells: z.array(ConsentCell),
    uses: z.array(DataUse),
    preferences: ContactPreferences,
    /** Addresses of the customer that are left alone, by kind. */
    suppressions: z.array(
      z.object({
        id: Uuid,
        channelKind: ContactKind,
        reason: z.enum(["hard_bounce", "complaint", "do_not_contact", "erased"]),
        at: Instant,
      }),
    ),
  })
  .meta({ id: "Terms" });

export const ConsentEntry = z
  .object({
    id: Uuid,
    at: Instant,
    purpose: DecisionPurpose,
    topic: ConsentTopic.nullable(),
    channelKind: ContactKind.nullable(),
    state: z.enum(["pending", "granted", "withdrawn"]),
    source: z.enum(SOURCES),
    basis: z.enum(["consent", "legitimate_interest"]),
    wordingVersion: z.string(),
    language: Locale,
    channelId: Uuid.nullable(),
    placeId: Uuid.nullable(),
    actorKind: z.string(),
    actorId: z.string().nullable(),
    proof: z.object({ how: z.string(), note: z.string().nullable() }).nullable(),
  })
  .meta({ id: "ConsentEntry" });

export const LinkTerms = Terms.omit({ suppressions: true, uses: true })
  .extend({
    /** Whose page this is, so that a forwarded mail is noticed: `l•••@example.com`. */
    maskedContact: z.string().nullable(),
    /** What the message that it came with was about. */
    topic: ConsentTopic.nullable(),
    channelKind: ContactKind,
    /** Whether the files of several channels may become one; null where the message was about something else. */
    isJoiningAllowed: z.boolean().nullable(),
  })
  .meta({ id: "LinkTerms" });

const Choice = z.object({
  purpose: ConsentPurpose,
  /** Without one: every topic. Only a withdrawal may leave it out, and likewise the kind of channel. */
  topic: ConsentTopic.optional(),
  channelKind: ContactKind.optional(),
  state: z.enum(["granted", "withdrawn"]),
});
const Choices = z.array(Choice).min(1).max(40);

const PreferenceChange = z.object({
  channel: ContactKind.nullable().optional(),
  language: Locale.nullable().optional(),
  quietHours: QuietHours.nullable().optional(),
  pausedUntil: Instant.nullable().optional(),
});

/** 128 random bits, as links carry them. */
const TokenParams = z.object({ token: z.string().max(64) });

/** In which words it was asked, and how it was said to whoever enters it: the latter is asked of staff and servers. */
const Saying = {
  wordingVersion: z.string().min(1).max(40),
  language: Locale.default("en"),
  proof: z.object({ how: z.enum(["in_person", "by_phone", "in_writing", "form"]), note: z.string().max(300).optional() }).optional(),
};
const DecideBody = z.object({ choices: Choices, ...Saying });

/** An address that is left alone. Which one it is nobody can read: only its keyed hash is kept. */
export const Suppression = z
  .object({
    id: Uuid,
    channelKind: ContactKind,
    reason: z.enum(["hard_bounce", "complaint", "do_not_contact", "erased"]),
    at: Instant,
    byName: z.string().nullable(),
    liftedAt: Instant.nullable(),
    liftedByName: z.string().nullable(),
  })
  .meta({ id: "Suppression" });

export const EntityConsentRule = z
  .object({ entityId: Uuid, name: z.string(), country: z.string(), asksTwice: z.boolean(), isOwnSetting: z.boolean() })
  .meta({ id: "EntityConsentRule" });

export const consentEndpoints = {
  "consent.read": {
    summary: "What a customer agreed to, per purpose, topic and kind of channel, and how they want to be reached",
    tag: "consent",
    params: CustomerParams,
    response: Terms,
    status: 200,
  },
  "consent.decide": {
    summary: "Say yes or no; it holds on every channel before the next message leaves. Staff and servers say how it was said",
    tag: "consent",
    params: CustomerParams,
    body: DecideBody,
    response: Terms,
    status: 200,
  },
  "consent.allowUse": {
    summary: "Allow or refuse a use of one's data: joining of files, profiling, location, measuring. It holds on every channel at once",
    tag: "consent",
    params: CustomerParams.extend({ purpose: UsePurpose }),
    body: z.object({ isAllowed: z.boolean(), ...Saying }),
    response: Terms,
    status: 200,
  },
  "consent.setPreferences": {
    summary: "Preferred channel, language, quiet hours, a pause; what is left out stays, null forgets",
    tag: "consent",
    params: CustomerParams,
    body: PreferenceChange,
    response: Terms,
    status: 200,
  },
  "consent.history": {
    summary: "Every decision with who, where, when, wording and proof, newest first",
    tag: "consent",
    params: CustomerParams,
    query: z.object({ ...PageQuery }),
    response: pageOf(ConsentEntry),
    status: 200,
  },
  "consent.confirm": {
    summary: "The button of a confirmation mail: what waits is granted",
    tag: "consent",
    body: z.object({ token: z.string().max(64) }),
    response: z.object({ granted: z.int() }),
    status: 200,
  },
  "consent.readByLink": {
    summary: "The preference page of a message, without signing in. Reading changes nothing",
    tag: "consent",
    params: TokenParams,
    response: LinkTerms,
    status: 200,
  },
  "consent.changeByLink": {
    summary: "Change terms and preferences from the preference page of a message",
    tag: "consent",
    params: TokenParams,
    body: PreferenceChange.extend({
      choices: z.array(Choice).max(40).default([]),
      /** Object to the joining of files, or take that back. */
      isJoiningAllowed: z.boolean().optional(),
      wordingVersion: z.string().min(1).max(40),
      /** The language that the page was shown in. */
      shownIn: Locale.default("en"),
    }),
    response: LinkTerms,
    status: 200,
  },
  "consent.openUnsubscribe": {
    summary: "What a mail program opens of a List-Unsubscribe link: leads to the preference page and changes nothing",
    tag: "consent",
    params: TokenParams,
    response: z.string(),
    status: 200,
    raw: true,
  },
  "consent.unsubscribe": {
    summary: "One-click unsubscribe of RFC 8058, for the topic and kind of channel of that message",
    tag: "consent",
    params: TokenParams,
    response: null,
    status: 204,
    raw: true,
  },
  "consent.suppress": {
    summary: "Leave an address alone: a complaint, or somebody who wants nothing any more. Only its keyed hash is kept",
    tag: "consent",
    body: z.object({
      channelKind: z.enum(["email", "sms", "phone"]),
      address: z.string().min(3).max(254),
      reason: z.enum(["complaint", "do_not_contact"]),
      note: z.string().min(1).max(300),
    }),
    response: z.object({ id: Uuid }).meta({ id: "Suppressed" }),
    status: 201,
  },
  "consent.suppressions": {
    summary: "Addresses that are left alone, or were: why, since when and by whom; the newest first",
    tag: "consent",
    query: z.object({ ...PageQuery, state: z.enum(["standing", "lifted"]).default("standing") }),
    response: pageOf(Suppression),
    status: 200,
  },
  "consent.liftSuppression": {
    summary: "An address may be written to again, with the reason",
    tag: "consent",
    params: IdParams,
    body: z.object({ note: z.string().min(3).max(300) }),
    response: null,
    status: 204,
  },
  "consent.entityRules": {
    summary: "Where a yes by mail is confirmed from the mailbox (double opt-in)",
    tag: "consent",
    response: z.object({ items: z.array(EntityConsentRule) }),
    status: 200,
  },
  "consent.setEntityRule": {
    summary: "Set it for a legal entity; null goes back to what its country asks",
    tag: "consent",
    params: IdParams,
    body: z.object({ asksTwice: z.boolean().nullable() }),
    response: EntityConsentRule,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
