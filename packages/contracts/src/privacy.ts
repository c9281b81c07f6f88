import { z } from "zod";
import { UsePurpose } from "./consent.ts";
import { CustomerParams, IdParams, Instant, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

/** A version of the words in which people are told what becomes of their data. */
export const Notice = z
  .object({
    id: Uuid,
    version: z.string(),
    /** Where it is shown; null: on every channel. */
    channelIds: z.array(Uuid).nullable(),
    /** Whether it says that the files of several channels become one. */
    coversJoining: z.boolean(),
    /** Days in which people who are informed of it may object before their files are joined. */
    objectionDays: z.int(),
    /** Where its words can be read. */
    address: z.string().nullable(),
    publishedAt: Instant,
    publishedByName: z.string().nullable(),
    /** Whether those who are older than any notice were told this, too; `under_way` while their records are given it. */
    earlier: z.enum(["none", "under_way", "done"]),
  })
  .meta({ id: "Notice" });

/** Everybody in the file of a channel was told by a notice. */
export const Informing = z
  .object({
    id: Uuid,
    noticeId: Uuid,
    version: z.string(),
    channelId: Uuid,
    how: z.enum(["mail", "letter", "in_person", "app"]),
    note: z.string().nullable(),
    at: Instant,
    byName: z.string().nullable(),
    /** When the time to object is over. */
    joinsAt: Instant,
    /** When the last of them could be joined; null before. */
    doneAt: Instant.nullable(),
  })
  .meta({ id: "Informing" });

/** A notice that is sent to the people of a channel by mail: how far it is, and what became of it. */
export const NoticeMailing = z
  .object({
    id: Uuid,
    noticeId: Uuid,
    channelId: Uuid,
    /** Mails that leave in a minute, at most. */
    perMinute: z.int(),
    /** `done`: every mail is queued. */
    state: z.enum(["running", "done", "stopped"]),
    queued: z.int(),
    sent: z.int(),
    failed: z.int(),
    /** Nobody knows a mail address of theirs. */
    noAddress: z.int(),
    /** Their address is left alone: it is dead, or they want nothing any more. */
    leftAlone: z.int(),
    startedAt: Instant,
    endedAt: Instant.nullable(),
    byName: z.string().nullable(),
  })
  .meta({ id: "NoticeMailing" });

/** Somebody whom a mailing could not reach. */
export const Unreached = z
  .object({ customerId: Uuid, customerName: z.string().nullable(), because: z.enum(["failed", "no_address", "left_alone"]) })
  .meta({ id: "Unreached" });

/** How many people of a channel were collected under which notice; without one: before any was published. */
export const NoticeCount = z.object({ channelId: Uuid, noticeId: Uuid.nullable(), records: z.int() }).meta({ id: "NoticeCount" });

export const REQUEST_KINDS = ["access", "correction", "erasure", "objection"] as const;
const RequestKind = z.enum(REQUEST_KINDS);

/** What was done with a request, by whom: append only. */
export const PrivacyStep = z
  .object({
    at: Instant,
    kind: z.enum(["received", "identity_checked", "note", "extended", "answered", "refused"]),
    /** The member of staff; null for the customer and for what the hub did itself. */
    byName: z.string().nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: "PrivacyStep" });

/** Somebody asks for their data, for a correction, an erasure, or objects: what the law gives them, with the day it is due. */
export const PrivacyRequest = z
  .object({
    id: Uuid,
    kind: RequestKind,
    state: z.enum(["open", "answered", "refused"]),
    customerId: Uuid,
    /** Null for staff who see no contacts, and after an erasure. */
    customerName: z.string().nullable(),
    how: z.enum(["shop", "in_person", "by_phone", "in_writing"]),
    /** What they said, or how it was said to whoever entered it. */
    text: z.string().nullable(),
    receivedAt: Instant,
    /** A month after it came; three where it was extended. */
    dueAt: Instant,
    isExtended: z.boolean(),
    closedAt: Instant.nullable(),
    steps: z.array(PrivacyStep),
  })
  .meta({ id: "PrivacyRequest" });

/** A purpose for which personal data is used, and what allows it. */
export const DataPurpose = z
  .object({
    key: z.enum(["orders", "bookkeeping", "service", "security", "marketing", "research", ...UsePurpose.options]),
    basis: z.enum(["contract", "legal_obligation", "consent", "legitimate_interest"]),
    /** People with a yes that holds, and with a no; null where nobody is asked. */
    granted: z.int().nullable(),
    withdrawn: z.int().nullable(),
  })
  .meta({ id: "DataPurpose" });

/** What happens to the rows of a table in time, and what its job has deleted. */
export const RetentionRow = z
  .object({
    table: z.string(),
    /** The part of the hub that it belongs to: `customers`. */
    area: z.string(),
    why: z.string(),
    kept: z.string(),
    /** The time that `kept` names; null where it names none. */
    period: z.object({ amount: z.int(), unit: z.enum(["second", "minute", "hour", "day", "month", "year"]) }).nullable(),
    /** Who deletes them: a job, the erasure of a person, the act that ends their use, or nobody. */
    by: z.enum(["job", "erasure", "use", "nobody"]),
    /** When the job last ran to its end; null for what no job deletes, and before the first run. */
    lastRunAt: Instant.nullable(),
    /** Rows that the job deleted in the last 30 days. */
    deleted: z.int().nullable(),
  })
  .meta({ id: "RetentionRow" });

/** Personal data that left the hub in a file. */
export const DataExport = z
  .object({
    id: Uuid,
    at: Instant,
    what: z.string(),
    /** Who took it: a member of staff, the customer, or a channel's server. */
    actorKind: z.string(),
    actorName: z.string().nullable(),
    channelId: Uuid.nullable(),
    /** Of one person; null for an export of many. */
    customerId: Uuid.nullable(),
    /** Whom it is for and why, as whoever took it said. */
    recipient: z.string().nullable(),
  })
  .meta({ id: "DataExport" });

const Note = z.string().trim().min(3).max(1000);

export const privacyEndpoints = {
  "notices.list": {
    summary: "The versions of the privacy notice, who was informed of them, and how many people were collected under which",
    tag: "privacy",
    response: z
      .object({ items: z.array(Notice), informings: z.array(Informing), counts: z.array(NoticeCount) })
      .meta({ id: "NoticeRegister" }),
    status: 200,
  },
  "notices.publish": {
    summary: "Publish a version of the privacy notice: people who are collected from now on carry it",
    tag: "privacy",
    body: z.object({
      version: z.string().trim().min(1).max(40),
      channelIds: z.array(Uuid).min(1).max(200).nullable().default(null),
      coversJoining: z.boolean(),
      objectionDays: z.int().min(0).max(365).default(30),
      address: z.url().max(500).nullable().default(null),
      /** Those who are older than any notice were told this, too. */
      isForEarlier: z.boolean().default(false),
    }),
    response: Notice,
    status: 201,
  },
  "notices.inform": {
    summary: "Keep that everybody in the file of a channel was told: who does not object in time may be joined",
    tag: "privacy",
    params: IdParams,
    body: z.object({ channelId: Uuid, how: Informing.shape.how, note: Note.optional() }),
    response: Informing,
    status: 201,
  },
  "noticeMailings.list": {
    summary: "Notices that were sent by mail: how far each is and what became of it, the newest first",
    tag: "privacy",
    response: z.object({ items: z.array(NoticeMailing) }).meta({ id: "NoticeMailings" }),
    status: 200,
  },
  "noticeMailings.audience": {
    summary: "How many people of a channel are to be told of a notice, and how many of them brought no mail address",
    tag: "privacy",
    params: IdParams,
    query: z.object({ channelId: Uuid }),
    response: z.object({ people: z.int(), withoutAddress: z.int() }).meta({ id: "NoticeAudience" }),
    status: 200,
  },
  "noticeMailings.start": {
    summary: "Send a notice to everybody of a channel whom nobody told yet: each may object from the day their own mail left",
    tag: "privacy",
    params: IdParams,
    body: z.object({ channelId: Uuid, perMinute: z.int().min(1).max(6000).default(300) }),
    response: NoticeMailing,
    status: 201,
  },
  "noticeMailings.stop": {
    summary: "End a mailing: whom it did not come to is not written to",
    tag: "privacy",
    params: IdParams,
    response: NoticeMailing,
    status: 200,
  },
  "noticeMailings.unreached": {
    summary: "People whom a mailing could not reach, and why: they stay apart until they are told in another way",
    tag: "privacy",
    params: IdParams,
    query: z.object({ ...PageQuery }),
    response: pageOf(Unreached),
    status: 200,
  },
  "privacyRequests.list": {
    summary: "Requests of people about their data, the first due first; or those that are closed, newest first",
    tag: "privacy",
    query: z.object({ ...PageQuery, state: z.enum(["open", "closed"]).default("open") }),
    response: pageOf(PrivacyRequest),
    status: 200,
  },
  "privacyRequests.ofCustomer": {
    summary: "What somebody asked for about their own data, newest first",
    tag: "privacy",
    params: CustomerParams,
    response: z.object({ items: z.array(PrivacyRequest.omit({ customerName: true })) }).meta({ id: "OwnPrivacyRequests" }),
    status: 200,
  },
  "privacyRequests.create": {
    summary: "Ask for access, a correction or an erasure, or object; staff say how it was said to them",
    tag: "privacy",
    params: CustomerParams,
    body: z.object({
      kind: RequestKind,
      text: Note.optional(),
      how: z.enum(["in_person", "by_phone", "in_writing"]).optional(),
      /** The day it came, where that was earlier: the time to answer counts from then. */
      receivedAt: Instant.optional(),
    }),
    response: PrivacyRequest,
    status: 201,
  },
  "privacyRequests.addStep": {
    summary: "Say what was done with a request: identity checked, more time with the reason, answered, refused with the reason",
    tag: "privacy",
    params: IdParams,
    body: z.object({ kind: z.enum(["identity_checked", "note", "extended", "answered", "refused"]), note: Note }),
    response: PrivacyRequest,
    status: 201,
  },
  "privacy.purposes": {
    summary: "What personal data is used for, what allows it, and how many people said what to it",
    tag: "privacy",
    response: z.object({ items: z.array(DataPurpose) }).meta({ id: "DataPurposes" }),
    status: 200,
  },
  "privacy.retention": {
    summary: "How long every kind of data is kept, who deletes it, and what was deleted lately",
    tag: "privacy",
    response: z.object({ items: z.array(RetentionRow) }).meta({ id: "RetentionReport" }),
    status: 200,
  },
  "privacy.exports": {
    summary: "Personal data that left the hub in a file: what, when, by whom and for whom; newest first",
    tag: "privacy",
    query: z.object({ ...PageQuery }),
    response: pageOf(DataExport),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
