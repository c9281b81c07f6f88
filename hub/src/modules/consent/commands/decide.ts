import type { ConsentTopic, ContactKind, DecisionPurpose, Locale } from "@weft/contracts";
import { err, ok, type Id, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type Vault } from "../../../platform/index.ts";
import { customerOf, keepObjection, lockCustomer, reachOf } from "../../customers/index.ts";
import { addressMacsOf } from "../addresses.ts";
import {
  cellsOf,
  isTopicOf,
  isUse,
  standingOf,
  USES,
  withdrawalsOf,
  type ConsentEventId,
  type Coverage,
  type Decision,
  type RecordSets,
} from "../domain/index.ts";
import type { ConsentError } from "../errors.ts";
import { ConfirmationRequested, ConsentGiven, ConsentWithdrawn } from "../events.ts";
import { decisionsOf, recordSetsOf } from "../queries.ts";
import { asksTwiceFor, entityFor } from "../rules.ts";
import { actorIdOf, type Source } from "../source.ts";
import { linkToken, tokenHash } from "../tokens.ts";
import { liftOwn } from "./suppress.ts";

export type Choice = {
  readonly purpose: DecisionPurpose;
  readonly topic?: ConsentTopic | undefined;
  readonly channelKind?: ContactKind | undefined;
  readonly state: "granted" | "withdrawn";
};

export type Deciding = {
  readonly recordId: RecordId;
  readonly choices: readonly Choice[];
  readonly source: Source;
  readonly wordingVersion: string;
  readonly language: Locale;
  readonly proof: { readonly how: string; readonly note: string | null } | null;
  /** The yes comes from the mailbox itself, so nothing needs to be confirmed from there. */
  readonly isFromMailbox: boolean;
};

export type ConfirmationId = Id<"consent confirmation">;
/** A yes by mail waits so long for its confirmation. */
const CONFIRMATION_DAYS = 14;

/**
 * Writes what somebody said, under the lock of their customer: a row for each choice that changes anything, none for one that holds
 * already [CNS-1]. A no holds for all records of the person at once; a yes answers the withdrawals that stand [CNS-3]; a yes by mail
 * waits for its confirmation where the entity asks twice [CNS-5]. What is said of joining and profiling holds in `customers` at once [CNS-11].
 * Errors: `consent.topic_unknown`, `consent.too_wide`, `consent.no_address`. Publishes `consent.given.v1`, `consent.withdrawn.v1`,
 * `consent.confirmation_requested.v1`.
 */
export async function decide(ctx: Ctx, vault: Vault, deciding: Deciding): Promise<Result<readonly ConsentEventId[], ConsentError>> {
  const { recordId, choices } = deciding;
  await lockCustomer(ctx, recordId);
  const asksMailbox = await waitsForMailbox(ctx, deciding);
  if (asksMailbox && (await reachOf(ctx, recordId)).email === null) return err({ code: "consent.no_address" });
  const records = await recordSetsOf(ctx, recordId);
  const before: Decision[] = await decisionsOf(ctx, records.person);
  const written: Decision[] = [];
  for (const choice of choices) {
    const coverage: Coverage = { purpose: choice.purpose, topic: choice.topic ?? null, channelKind: choice.channelKind ?? null };
    if (coverage.topic !== null && !isTopicOf(coverage))
      return err({ code: "consent.topic_unknown", purpose: coverage.purpose, topic: coverage.topic });
    if (choice.state === "granted" && !isUse(coverage.purpose) && (coverage.topic === null || coverage.channelKind === null))
      return err({ code: "consent.too_wide" });
    const known = [...before, ...written];
    const state = choice.state === "granted" && asksMailbox && coverage.channelKind === "email" ? "pending" : choice.state;
    if (holdsAlready(known, records, { ...coverage, recordId, state })) continue;
    written.push(await write(ctx, vault, deciding, coverage, state, known, records));
  }
  const waiting = written.filter(({ state }) => state === "pending");
  if (waiting.length > 0) await askMailbox(ctx, vault, recordId, waiting);
  return ok(written.map(({ id }) => id));
}

async function waitsForMailbox(ctx: Ctx, { choices, isFromMailbox }: Deciding): Promise<boolean> {
  if (isFromMailbox || !choices.some(({ state, channelKind }) => state === "granted" && channelKind === "email")) return false;
  return asksTwiceFor(ctx, await entityFor(ctx, ctx.actor.channelId));
}

/**
 * Whether it holds already by what this very record said: what another one said is undone with its link, and what was said meanwhile must
 * still hold then [CNS-3].
 */
function holdsAlready(
  known: readonly Decision[],
  records: RecordSets,
  { recordId, state, ...coverage }: Coverage & Pick<Decision, "recordId" | "state">,
): boolean {
  const own: RecordSets = { customer: new Set([recordId]), person: new Set([recordId]) };
  return cellsOf(coverage).every((cell) => {
    const together = standingOf(known, records, cell).state;
    if (state === "pending") return together === "pending" || together === "granted";
    return standingOf(known, own, cell).state === state && (state === "withdrawn" || together === state);
  });
}

async function write(
  ctx: Ctx,
  vault: Vault,
  deciding: Pick<Deciding, "recordId" | "source" | "wordingVersion" | "language" | "proof">,
  coverage: Coverage,
  state: Decision["state"],
  known: readonly Decision[],
  records: RecordSets,
): Promise<Decision> {
  const { recordId, source, wordingVersion, language, proof } = deciding;
  const { channelId, placeId, kind } = ctx.actor;
  const answers =
    state === "withdrawn" ? [] : [...new Set(cellsOf(coverage).flatMap((cell) => withdrawalsOf(known, records, cell).map(({ id }) => id)))];
  // A use of data is none of an address: nothing of it is left to suppress after an erasure.
  const addresses = state === "withdrawn" && !isUse(coverage.purpose) ? await addressMacsOf(ctx, vault, [...records.person]) : [];
  const macs = addresses
    .filter((address) => coverage.channelKind === null || address.kind === coverage.channelKind)
    .map((address) => ({ kind: address.kind, mac: address.mac.toString("hex") }));
  const decision: Decision = { ...coverage, id: ctx.newId<ConsentEventId>(), recordId, state, at: ctx.now, answers };
  await sql`
    insert into consent.event (id, record_id, purpose, topic, channel_kind, state, basis, source, wording_version, language, proof, answers,
      address_macs, channel_id, place_id, actor_kind, actor_id, at)
    values (${decision.id}, ${recordId}, ${coverage.purpose}, ${coverage.topic}, ${coverage.channelKind}, ${state},
      ${isUse(coverage.purpose) ? USES[coverage.purpose] : "consent"}, ${source}, ${wordingVersion},
      ${language}, ${proof ? JSON.stringify(proof) : null}::jsonb, ${answers}::uuid[], ${JSON.stringify(macs)}::jsonb, ${channelId}, ${placeId},
      ${kind}, ${actorIdOf(ctx.actor)}, ${ctx.now})`.execute(ctx.db);
  await tell(ctx, decision, source);
  if (coverage.purpose === "joining" || coverage.purpose === "profiling")
    await keepObjection(ctx, recordId, coverage.purpose, state === "withdrawn");
  if (state === "granted" && coverage.channelKind !== null) await liftOwn(ctx, vault, records.customer, coverage.channelKind);
  return decision;
}

async function tell(ctx: Ctx, { id, recordId, purpose, topic, channelKind, state }: Decision, source: Source): Promise<void> {
  if (state === "pending") return;
  const { channelId, placeId } = ctx.actor;
  const customerIdThen = await customerOf(ctx, recordId);
  await publish(ctx, state === "granted" ? ConsentGiven : ConsentWithdrawn, `record/${recordId}`, {
    eventId: id,
    recordId,
    customerIdThen,
    purpose,
    topic,
    channelKind,
    source,
    channelId,
    placeId,
  });
}

async function askMailbox(ctx: Ctx, vault: Vault, recordId: RecordId, waiting: readonly Decision[]): Promise<void> {
  const id = ctx.newId<ConfirmationId>();
  const hash = tokenHash(linkToken(vault, "consent confirmation", id));
  await sql`
    insert into consent.confirmation (id, token_hash, record_id, event_ids, created_at, expires_at)
    values (${id}, ${hash}, ${recordId}, ${waiting.map((one) => one.id)}::uuid[], ${ctx.now},
            ${ctx.now}::timestamptz + make_interval(days => ${CONFIRMATION_DAYS}::integer))`.execute(ctx.db);
  await publish(ctx, ConfirmationRequested, `record/${recordId}`, { confirmationId: id, recordId, channelId: ctx.actor.channelId });
}

/**
 * The button of a confirmation mail was pressed: what waits is granted, unless somebody said no since [CNS-5]. Pressed twice it stays so.
 * Answers how many decisions it granted. Errors: `consent.confirmation_unknown`, `consent.confirmation_expired`.
 */
export async function confirm(ctx: Ctx, vault: Vault, token: string): Promise<Result<number, ConsentError>> {
  const { rows } = await sql<{ id: ConfirmationId; recordId: RecordId; eventIds: string[]; isOver: boolean }>`
    select id, record_id as "recordId", event_ids as "eventIds", confirmed_at is null and expires_at <= ${ctx.now} as "isOver"
      from consent.confirmation where token_hash = ${tokenHash(token)}`.execute(ctx.db);
  const [found] = rows;
  if (!found) return err({ code: "consent.confirmation_unknown" });
  if (found.isOver) return err({ code: "consent.confirmation_expired" });
  await lockCustomer(ctx, found.recordId);
  const records = await recordSetsOf(ctx, found.recordId);
  const known = await decisionsOf(ctx, records.person);
  let granted = 0;
  for (const waiting of known.filter(({ id }) => found.eventIds.includes(id))) {
    const { recordId, wordingVersion, language, proof } = waiting;
    const isAnswered = cellsOf(waiting).every((cell) =>
      withdrawalsOf(known, records, cell).every(({ id }) => waiting.answers.includes(id)),
    );
    const isLast = cellsOf(waiting).every((cell) => standingOf(known, records, cell).state !== "granted");
    if (!isAnswered || !isLast) continue;
    await write(ctx, vault, { recordId, source: "confirmation", wordingVersion, language, proof }, waiting, "granted", known, records);
    granted += 1;
  }
  await sql`update consent.confirmation set confirmed_at = coalesce(confirmed_at, ${ctx.now}) where id = ${found.id}`.execute(ctx.db);
  return ok(granted);
}

export type OpenedConfirmation = { readonly recordId: RecordId; readonly token: string; readonly language: Locale };

/** A confirmation that waits, for whoever writes its mail; undefined when it waits no more. */
export async function openConfirmation(
  ctx: Pick<Ctx, "db" | "now">,
  vault: Vault,
  confirmationId: ConfirmationId,
): Promise<OpenedConfirmation | undefined> {
  const { rows } = await sql<{ recordId: RecordId; language: Locale }>`
    select c.record_id as "recordId", (select e.language from consent.event e where e.id = any(c.event_ids) limit 1) as language
      from consent.confirmation c where c.id = ${confirmationId} and c.confirmed_at is null and c.expires_at > ${ctx.now}`.execute(ctx.db);
  const [found] = rows;
  return found && { ...found, token: linkToken(vault, "consent confirmation", confirmationId) };
}
