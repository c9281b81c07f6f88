import type { ConsentPurpose, Locale } from "@weft/contracts";
import type { ChannelId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, Vault } from "../../../platform/index.ts";
import { addressMacsByRecord } from "../addresses.ts";
import { cellsOf, standingOf, type ConsentEventId, type Coverage, type Decision } from "../domain/index.ts";
import { decisionsOf } from "../queries.ts";
import { asksTwiceFor, entityFor } from "../rules.ts";

/** What somebody said elsewhere, at a time before it came here. Its topic and kind fit its purpose, and a yes names both [CNS-1]. */
export type PastDecision = Coverage & {
  readonly purpose: ConsentPurpose;
  readonly recordId: RecordId;
  readonly state: "granted" | "withdrawn";
  /** When it was said; null where the source does not know. */
  readonly at: Date | null;
  readonly wordingVersion: string;
  readonly language: Locale;
  /** How it was said, as the source has it. */
  readonly note: string | null;
};

export type PastDecisions = {
  readonly channelId: ChannelId;
  /** Somebody answers for it that every yes by mail was confirmed from its mailbox. */
  readonly isConfirmed: boolean;
  readonly actorId: string | null;
  readonly given: readonly PastDecision[];
};

/** A decision that was new, and what the source said of it. */
export type WrittenPast = { readonly decision: Decision; readonly past: PastDecision };

/**
 * Writes decisions of the time before the hub, with their own time and source [CNS-1]. They know of no withdrawal that stands here, so they
 * answer none, and lift no suppression: an address that is left alone stays so, whatever a file says [CNS-3] [CNS-6]. A yes by mail that
 * nobody vouches for waits, as it would here [CNS-5]. What holds already is not written again; so a file may be read twice.
 * Publishes nothing: an import is history, and what holds is asked anew each time. Answers those that were written.
 */
export async function importDecisions(
  ctx: Ctx,
  vault: Vault,
  { channelId, isConfirmed, actorId, given }: PastDecisions,
): Promise<WrittenPast[]> {
  if (given.length === 0) return [];
  const asksTwice = !isConfirmed && (await asksTwiceFor(ctx, await entityFor(ctx, channelId)));
  const known = new Map<RecordId, Decision[]>();
  for (const one of await decisionsOf(ctx, new Set(given.map(({ recordId }) => recordId))))
    known.set(one.recordId, [...(known.get(one.recordId) ?? []), one]);
  const fresh: WrittenPast[] = [];
  for (const past of given.toSorted(byTime)) {
    const { recordId, purpose, topic, channelKind } = past;
    const state: Decision["state"] = past.state === "granted" && channelKind === "email" && asksTwice ? "pending" : past.state;
    const decision: Decision = {
      id: ctx.newId<ConsentEventId>(),
      recordId,
      purpose,
      topic,
      channelKind,
      state,
      at: past.at ?? ctx.now,
      answers: [],
    };
    const before = known.get(recordId) ?? [];
    if (isKnown(before, decision, past.at !== null)) continue;
    known.set(recordId, [...before, decision]);
    fresh.push({ decision, past });
  }
  await insert(ctx, vault, { channelId, actorId, fresh });
  return fresh;
}

/** Those without a time were said last, as far as anybody knows. */
const byTime = (one: PastDecision, other: PastDecision): number => (one.at?.getTime() ?? Infinity) - (other.at?.getTime() ?? Infinity) || 0;

/** The very same was written before; or, where the source knows no time, the record says so already. */
function isKnown(before: readonly Decision[], decision: Decision, hasTime: boolean): boolean {
  const same = before.some(
    (one) =>
      one.purpose === decision.purpose &&
      one.topic === decision.topic &&
      one.channelKind === decision.channelKind &&
      one.state === decision.state &&
      one.at.getTime() === decision.at.getTime(),
  );
  if (same || hasTime) return same;
  const own = new Set([decision.recordId]);
  return cellsOf(decision).every((cell) => standingOf(before, { customer: own, person: own }, cell).state === decision.state);
}

type Inserting = { readonly channelId: ChannelId; readonly actorId: string | null; readonly fresh: readonly WrittenPast[] };

async function insert(ctx: Ctx, vault: Vault, { channelId, actorId, fresh }: Inserting): Promise<void> {
  if (fresh.length === 0) return;
  const withdrawn = fresh.flatMap(({ decision }) => (decision.state === "withdrawn" ? [decision.recordId] : []));
  const macs = await addressMacsByRecord(ctx, vault, [...new Set(withdrawn)]);
  const rows = fresh.map(({ decision, past }) => ({
    id: decision.id,
    record: decision.recordId,
    purpose: decision.purpose,
    topic: decision.topic,
    kind: decision.channelKind,
    state: decision.state,
    wording: past.wordingVersion,
    language: past.language,
    proof: { how: "import", note: past.note },
    macs: (decision.state === "withdrawn" ? (macs.get(decision.recordId) ?? []) : [])
      .filter(({ kind }) => decision.channelKind === null || decision.channelKind === kind)
      .map(({ kind, mac }) => ({ kind, mac: mac.toString("hex") })),
    at: decision.at.toISOString(),
  }));
  await sql`
    insert into consent.event (id, record_id, purpose, topic, channel_kind, state, source, wording_version, language, proof, address_macs,
                               channel_id, actor_kind, actor_id, at)
    select id, record, purpose, topic, kind, state, 'import', wording, language, proof, macs, ${channelId}, ${ctx.actor.kind}, ${actorId}, at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r (id uuid, record uuid, purpose text, topic text, kind text, state text, wording text, language text, proof jsonb, macs jsonb, at timestamptz)`.execute(
    ctx.db,
  );
}
