import { err, ok, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { decideStep, dueOf, type RequestId, type RequestStanding, type StepKind } from "./domain/index.ts";
import type { PrivacyError } from "./errors.ts";
import { RequestMoved, RequestReceived } from "./events.ts";

export type RequestKind = "access" | "correction" | "erasure" | "objection";

export type NewRequest = {
  readonly recordId: RecordId;
  readonly kind: RequestKind;
  readonly how: "shop" | "in_person" | "by_phone" | "in_writing";
  readonly text: string | null;
  readonly receivedAt: Date;
};

/**
 * Takes a request down, and begins its time [PRV-1] [PRV-2]. The same person asking for the same again while it is open is a note to the
 * first. Errors: `privacy.received_ahead`. Publishes `privacy.request_received.v1`.
 */
export async function receiveRequest(ctx: Ctx, request: NewRequest): Promise<Result<RequestId, PrivacyError>> {
  const { recordId, kind, how, text, receivedAt } = request;
  if (receivedAt > ctx.now) return err({ code: "privacy.received_ahead" });
  await sql`select customers.lock_customer(${recordId})`.execute(ctx.db);
  const standing = await openRequestOf(ctx, recordId, kind);
  if (standing) {
    await addStepRow(ctx, standing, "note", text);
    return ok(standing);
  }
  const id = ctx.newId<RequestId>();
  const dueAt = dueOf(receivedAt, false);
  await sql`
    insert into privacy.request (id, record_id, kind, how, text, channel_id, received_at, due_at)
    values (${id}, ${recordId}, ${kind}, ${how}, ${text}, ${ctx.actor.channelId}, ${receivedAt}, ${dueAt})`.execute(ctx.db);
  await addStepRow(ctx, id, "received", null);
  await publish(ctx, RequestReceived, subjectOf(id), { requestId: id, recordId, kind, dueAt: dueAt.toISOString() });
  return ok(id);
}

const subjectOf = (id: RequestId): string => `privacy_request/${id}`;

async function openRequestOf(ctx: Ctx, recordId: RecordId, kind: RequestKind): Promise<RequestId | undefined> {
  const { rows } = await sql<{ id: RequestId }>`
    select id from privacy.request where record_id in (select customers.records_of(${recordId})) and kind = ${kind} and state = 'open'
     order by received_at limit 1`.execute(ctx.db);
  return rows[0]?.id;
}

async function addStepRow(ctx: Ctx, id: RequestId, kind: StepKind | "received", note: string | null): Promise<void> {
  await sql`
    insert into privacy.request_step (request_id, seq, at, kind, actor_kind, staff_id, note)
    select ${id}, coalesce(max(seq), 0) + 1, ${ctx.now}, ${kind}, ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${note}
      from privacy.request_step where request_id = ${id}`.execute(ctx.db);
}

type Stored = RequestStanding & { readonly recordId: RecordId; readonly kind: RequestKind };

const REFUSALS = {
  closed: "privacy.request_closed",
  extended_before: "privacy.extended_before",
  too_late_to_extend: "privacy.too_late_to_extend",
} as const;

/**
 * Says what was done with a request [PRV-3]: that is its proof, so nothing of it is ever changed.
 * Errors: `privacy.request_unknown`, `privacy.request_closed`, `privacy.extended_before`, `privacy.too_late_to_extend`.
 * Publishes `privacy.request_moved.v1`.
 */
export async function addStep(ctx: Ctx, id: RequestId, step: StepKind, note: string | null): Promise<Result<RecordId, PrivacyError>> {
  const { rows } = await sql<Stored>`
    select state, is_extended as "isExtended", received_at as "receivedAt", record_id as "recordId", kind
      from privacy.request where id = ${id} for update`.execute(ctx.db);
  const [stored] = rows;
  if (!stored) return err({ code: "privacy.request_unknown" });
  const decision = decideStep(stored, step, ctx.now);
  if (decision.kind === "refused") return err({ code: REFUSALS[decision.because] });
  const dueAt = dueOf(stored.receivedAt, decision.isExtended);
  await sql`
    update privacy.request set state = ${decision.state}, is_extended = ${decision.isExtended}, due_at = ${dueAt},
           closed_at = case when ${decision.state} <> 'open' then coalesce(closed_at, ${ctx.now}::timestamptz) end
     where id = ${id}`.execute(ctx.db);
  await addStepRow(ctx, id, step, note);
  const { recordId, kind } = stored;
  await publish(ctx, RequestMoved, subjectOf(id), { requestId: id, recordId, kind, state: decision.state, dueAt: dueAt.toISOString() });
  return ok(recordId);
}

/**
 * Keeps what somebody did by themselves, such as erasing their own file, as a request that was answered at once [PRV-4].
 * Publishes what a request publishes.
 */
export async function keepAnswered(ctx: Ctx, recordId: RecordId, kind: RequestKind): Promise<void> {
  const received = await receiveRequest(ctx, { recordId, kind, how: "shop", text: null, receivedAt: ctx.now });
  if (received.ok) await addStep(ctx, received.value, "answered", null);
}

/**
 * What is left of the requests of people who are erased: that they were made and answered, without a word of theirs. An erasure answers
 * every request that was open, and one that nobody took down is kept as asked and answered [PRV-4].
 */
export async function eraseRequests(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  const ids = sql`${[...recordIds]}::uuid[]`;
  const { rows: open } = await sql<{ id: RequestId; kind: RequestKind }>`
    select id, kind from privacy.request where record_id = any (${ids}) and state = 'open' order by id`.execute(ctx.db);
  for (const { id } of open) await addStep(ctx, id, "answered", null);
  const own = ctx.actor.customer?.recordId;
  if (own && recordIds.includes(own) && !open.some(({ kind }) => kind === "erasure")) await keepAnswered(ctx, own, "erasure");
  await sql`update privacy.request set text = null where record_id = any (${ids})`.execute(ctx.db);
  await sql`
    update privacy.request_step set note = null
     where request_id in (select id from privacy.request where record_id = any (${ids}))`.execute(ctx.db);
}
