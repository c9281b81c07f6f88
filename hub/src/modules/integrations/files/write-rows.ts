import { asId, newId, type ChannelId, type RecordId } from "@weft/kernel";
import type { Ctx, Vault } from "../../../platform/index.ts";
import { importDecisions, type PastDecision, type WrittenPast } from "../../consent/index.ts";
import {
  collectUnder,
  recordsWith,
  senderRecords,
  writeRecords,
  type HeldValue,
  type ImportedRecord,
  type NoticeId,
  type RecordOutcome,
} from "../../customers/index.ts";
import { writeHistory, type PastTouch } from "../../touchpoints/index.ts";
import { writeCompanies, writeMemberships, type CompanyRow, type MembershipRow } from "./company-rows.ts";
import { eventKey, ownId } from "./keys.ts";
import type { ConsentRow, CustomerRow, EventRow, Row, RowProblem, Settings, Who } from "./read-row.ts";

/** What became of one row. */
export type Written = { readonly kind: "created" | "changed" | "same" } | { readonly kind: "refused"; readonly problem: RowProblem };

export type Writing = {
  readonly vault: Vault;
  readonly channelId: ChannelId;
  readonly settings: Settings;
  /** Who started it: stands beside every decision that comes from it. */
  readonly staffId: string | null;
  /** Since when people are known of whom the file says nothing. */
  readonly uploadedAt: Date;
};

/** Writes rows of one kind, in a few dozen statements whatever their number; answers what became of each, in their order. */
export async function writeRows(ctx: Ctx, writing: Writing, rows: readonly Row[]): Promise<Written[]> {
  const { notice } = writing.settings;
  if (notice !== "in_force") await collectUnder(ctx, notice === "none" ? notice : asId<NoticeId>(notice)); // an id by the contract
  const [first] = rows;
  // A file has one kind.
  if (first?.kind === "customers") return writeCustomers(ctx, writing, rows as readonly CustomerRow[]);
  if (first?.kind === "events") return writeEvents(ctx, writing, rows as readonly EventRow[]); // the same
  if (first?.kind === "companies") return writeCompanies(ctx, writing.channelId, rows as readonly CompanyRow[]); // the same
  if (first?.kind === "memberships") return writePeopleOf(ctx, writing, rows as readonly MembershipRow<Who>[]); // the same
  return writeConsents(ctx, writing, rows as readonly ConsentRow[]); // the same
}

async function writeCustomers(ctx: Ctx, writing: Writing, rows: readonly CustomerRow[]): Promise<Written[]> {
  const outcomes = await writeRecords(
    ctx,
    rows.map((row) => recordOf(writing, row.who, row)),
  );
  const given = rows.flatMap((row, index) => {
    const outcome = outcomes[index];
    return outcome?.ok ? row.optIns.flatMap((optIn) => optInDecisions(writing, outcome.value.recordId, row, optIn)) : [];
  });
  const touched = new Set((await decide(ctx, writing, given)).map(({ decision }) => decision.recordId));
  return outcomes.map((outcome): Written => {
    if (!outcome.ok) return refused(outcome.error.code === "customer.too_many_traits" ? outcome.error.code : "customer.nothing_given");
    const { kind, recordId } = outcome.value;
    return { kind: kind === "same" && touched.has(recordId) ? "changed" : kind };
  });
}

const refused = (code: RowProblem["code"]): Written => ({ kind: "refused", problem: { code, detail: null } });

function recordOf(
  { vault, channelId, settings, uploadedAt }: Writing,
  who: Who,
  row?: Pick<CustomerRow, "attributes" | "since">,
): ImportedRecord {
  const contacts = { ...(who.email !== undefined && { email: who.email }), ...(who.phone !== undefined && { phone: who.phone }) };
  return {
    id: newId<RecordId>(),
    channelId,
    input: {
      ...(row?.attributes ?? contacts),
      externalId: who.externalId ?? ownId(vault, channelId, who, row?.attributes),
      ...(who.cardNumber !== undefined && { cardNumber: who.cardNumber }),
    },
    verified: vouchedKinds(settings, who),
    isCardHearsay: true,
    knownSince: row?.since ?? uploadedAt,
  };
}

/** Nothing of a file counts as verified unless somebody says why [IMP-9]. */
function vouchedKinds({ verified: { email, phone, because } }: Settings, who: Who): ("email" | "phone")[] {
  if (because === null) return [];
  return [...(email && who.email !== undefined ? ["email" as const] : []), ...(phone && who.phone !== undefined ? ["phone" as const] : [])];
}

function optInDecisions(
  { settings: { consent } }: Writing,
  recordId: RecordId,
  row: CustomerRow,
  { channelKind, state }: CustomerRow["optIns"][number],
): PastDecision[] {
  const said = {
    recordId,
    purpose: "marketing" as const,
    channelKind,
    state,
    at: row.optInAt,
    wordingVersion: consent.wordingVersion,
    language: row.attributes.locale ?? consent.language,
    note: row.optInSource,
  };
  if (state === "withdrawn") return [{ ...said, topic: null }];
  return consent.topics.filter((topic) => topic !== "surveys").map((topic) => ({ ...said, topic }));
}

/** Decisions with their entries on the timelines, each at its own time. */
async function decide(
  ctx: Ctx,
  { vault, channelId, settings, staffId }: Writing,
  given: readonly PastDecision[],
): Promise<readonly WrittenPast[]> {
  const isConfirmed = settings.consent.confirmedBecause !== null;
  const written = await importDecisions(ctx, vault, { channelId, isConfirmed, actorId: staffId, given });
  await writeHistory(
    ctx,
    written.flatMap(({ decision: { id, recordId, state, purpose, topic, channelKind, at } }): PastTouch[] => {
      if (state === "pending") return [];
      return [
        {
          source: `consent/${id}`,
          recordId,
          channelId,
          placeId: null,
          kind: state === "granted" ? "terms_given" : "terms_withdrawn",
          name: topic ?? purpose,
          at,
          reference: null,
          data: { purpose, topic, channelKind, source: "import" },
        },
      ];
    }),
  );
  return written;
}

async function writeEvents(ctx: Ctx, writing: Writing, rows: readonly EventRow[]): Promise<Written[]> {
  const records = await recordsOfAll(ctx, writing, rows);
  const touches = rows.flatMap((row, index): PastTouch[] => {
    const [recordId, another] = records[index] ?? [];
    return recordId === undefined || another !== undefined ? [] : [touchOf(writing, row, recordId)];
  });
  // The statement tells how many were new and not which: nobody asks which.
  let known = touches.length - (await writeHistory(ctx, touches));
  return records.map((own): Written => {
    if (own.length !== 1) return refused("person_ambiguous");
    return { kind: known-- > 0 ? "same" : "created" };
  });
}

function touchOf({ vault, channelId }: Writing, row: EventRow, recordId: RecordId): PastTouch {
  return {
    source: `event/${eventKey(vault, row)}`,
    recordId,
    channelId,
    placeId: null,
    kind: "track",
    name: row.event,
    at: row.at,
    reference: null,
    data: Object.keys(row.data).length > 0 ? { properties: row.data } : {},
    ...(row.messageId !== null && { messageId: row.messageId }),
  };
}

async function writeConsents(ctx: Ctx, writing: Writing, rows: readonly ConsentRow[]): Promise<Written[]> {
  const records = await recordsOfAll(ctx, writing, rows);
  const { wordingVersion, language } = writing.settings.consent;
  const given: PastDecision[] = [];
  const written = rows.map((row, index): Written => {
    const own = records[index] ?? [];
    // Whose yes it is must be clear; a no of an address is that of everybody who has it.
    if (row.state === "granted" && own.length > 1) return refused("person_ambiguous");
    if (row.state === "nothing") return { kind: "same" };
    const { purpose, topic, channelKind, state, at, source } = row;
    for (const recordId of own)
      given.push({
        recordId,
        purpose,
        topic,
        channelKind,
        state,
        at,
        wordingVersion: row.wordingVersion ?? wordingVersion,
        language,
        note: source,
      });
    return { kind: "created" };
  });
  const fresh = new Set((await decide(ctx, writing, given)).map(({ past }) => cellOf(past.recordId, past)));
  return written.map((one, index) => {
    const row = rows[index];
    const isNew = row && (records[index] ?? []).some((recordId) => fresh.has(cellOf(recordId, row)));
    return one.kind === "created" && !isNew ? { kind: "same" } : one;
  });
}

/** Whose role it is must be clear: an address may be that of several people. */
async function writePeopleOf(ctx: Ctx, writing: Writing, rows: readonly MembershipRow<Who>[]): Promise<Written[]> {
  const records = (await recordsOfAll(ctx, writing, rows)).map((own) => (own.length === 1 ? own[0] : undefined));
  const written = await writeMemberships(ctx, writing.channelId, rows, records);
  return written.map((one) => one ?? refused("person_ambiguous"));
}

const cellOf = (
  recordId: RecordId,
  { purpose, topic, channelKind, state }: Pick<ConsentRow, "purpose" | "topic" | "channelKind" | "state">,
) => [recordId, purpose, topic, channelKind, state].join(" ");

/**
 * The records of whom each row names: by the channel's own id; else those of the channel that hold its contact or card; else a new one. An
 * address may be that of several people.
 */
async function recordsOfAll(ctx: Ctx, writing: Writing, rows: readonly { readonly who: Who }[]): Promise<(readonly RecordId[])[]> {
  const { channelId } = writing;
  const externalIds = [...new Set(rows.flatMap(({ who }) => who.externalId ?? []))].toSorted();
  const found = await senderRecords(
    ctx,
    externalIds.map((externalId) => ({ channelId, externalId })),
  );
  const byId = new Map(externalIds.map((externalId, index) => [externalId, found[index]]));
  const byValue = await holdersOf(ctx, channelId, rows);
  const missing = rows.filter(({ who }) => who.externalId === undefined && (byValue.get(keyOf(valueOf(who))) ?? []).length === 0);
  const made = new Map<string, RecordId>();
  const outcomes = await writeRecords(
    ctx,
    missing.map(({ who }) => recordOf(writing, who)),
  );
  for (const [index, { who }] of missing.entries()) {
    const outcome: RecordOutcome | undefined = outcomes[index];
    if (outcome?.ok) made.set(keyOf(valueOf(who)), outcome.value.recordId);
  }
  return rows.map(({ who }) => {
    const own = who.externalId === undefined ? undefined : byId.get(who.externalId);
    if (own !== undefined) return [own];
    const key = keyOf(valueOf(who));
    const held = byValue.get(key) ?? [];
    const one = made.get(key);
    return held.length > 0 ? held : one === undefined ? [] : [one];
  });
}

async function holdersOf(ctx: Ctx, channelId: ChannelId, rows: readonly { readonly who: Who }[]): Promise<Map<string, RecordId[]>> {
  const values = new Map<string, HeldValue>();
  for (const { who } of rows) {
    const value = who.externalId === undefined ? valueOf(who) : undefined;
    if (value) values.set(keyOf(value), value);
  }
  const holders = new Map<string, RecordId[]>();
  for (const { kind, value, recordId } of await recordsWith(ctx, channelId, [...values.values()])) {
    const key = keyOf({ kind, value });
    holders.set(key, [...(holders.get(key) ?? []), recordId]);
  }
  return holders;
}

function valueOf({ email, phone, cardNumber }: Who): HeldValue | undefined {
  if (cardNumber !== undefined) return { kind: "card", value: cardNumber };
  if (email !== undefined) return { kind: "email", value: email };
  return phone === undefined ? undefined : { kind: "phone", value: phone };
}

const keyOf = (value: HeldValue | undefined): string => (value ? `${value.kind} ${value.value}` : "");
