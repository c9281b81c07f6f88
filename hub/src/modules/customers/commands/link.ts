import { err, ok, type CustomerId, type Id, type LinkId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { CustomerError } from "../errors.ts";
import { customerOf, personRecordsOf, recordsOf } from "../queries/who.ts";
import { lockBoth } from "./provisional.ts";
import { isOneByDecision } from "./partition.ts";
import { recompute } from "./resolve.ts";

export type NewLink = {
  readonly a: RecordId;
  readonly b: RecordId;
  readonly kind: "shared_identifier" | "model" | "agent" | "customer";
  /** Ids and codes, never a value of a person. */
  readonly evidence: Record<string, unknown>;
  readonly reason: string;
};

/**
 * Adds a link between two records: nothing moves, the customers are computed again [IDN-1]. The same link twice is one: then undefined.
 * Publishes `customer.linked.v1`.
 */
export async function link(ctx: Ctx, wanted: NewLink): Promise<LinkId | undefined> {
  return (await linkRecords(ctx, wanted))?.id;
}

/** As `link`, and answers also the customers whose profiles were built by it. */
export async function linkRecords(
  ctx: Ctx,
  { a, b, kind, evidence, reason }: NewLink,
): Promise<{ readonly id: LinkId; readonly rebuilt: readonly CustomerId[] } | undefined> {
  const id = ctx.newId<LinkId>();
  const { rows } = await sql`
    insert into customers.link (id, a_record, b_record, kind, evidence, actor_kind, actor_id, reason)
    values (${id}, least(${a}::uuid, ${b}::uuid), greatest(${a}::uuid, ${b}::uuid), ${kind}, ${JSON.stringify(evidence)}::jsonb,
            ${ctx.actor.kind}, ${actorId(ctx)}, ${reason})
    on conflict (a_record, b_record, kind) where state = 'active' do nothing returning id`.execute(ctx.db);
  if (rows.length === 0) return undefined;
  return { id, rebuilt: await recompute(ctx, [a, b], id) };
}

const actorId = ({ actor }: Ctx): string | null => actor.staff?.id ?? actor.customer?.recordId ?? actor.keyId;

/**
 * Links two customers by a person's decision, between the records that were known first.
 * Errors: `customer.unknown`, `customer.same`, `customer.judged_different`.
 */
export async function mergeCustomers(ctx: Ctx, a: CustomerId, b: CustomerId, reason: string): Promise<Result<LinkId, CustomerError>> {
  const [ofA, ofB] = [await recordsOf(ctx, a), await recordsOf(ctx, b)];
  const [first, second] = [ofA[0], ofB[0]];
  if (!first || !second) return err({ code: "customer.unknown" });
  if (ofA.includes(second)) return err({ code: "customer.same" });
  await lockBoth(ctx, first, second);
  if (await areJudgedDifferent(ctx, await personRecordsOf(ctx, first), await personRecordsOf(ctx, second)))
    return err({ code: "customer.judged_different" });
  const id = await link(ctx, { a: first, b: second, kind: "agent", evidence: {}, reason });
  return id ? ok(id) : err({ code: "customer.same" });
}

/** Whether a person judged that a record of one side and a record of the other are different [IDN-3]. */
export async function areJudgedDifferent(ctx: Ctx, a: readonly RecordId[], b: readonly RecordId[]): Promise<boolean> {
  const { rows } = await sql`
    select 1 from customers.link l where l.kind = 'must_not_link' and l.state = 'active'
       and ((l.a_record = any (${[...a]}::uuid[]) and l.b_record = any (${[...b]}::uuid[]))
         or (l.b_record = any (${[...a]}::uuid[]) and l.a_record = any (${[...b]}::uuid[]))) limit 1`.execute(ctx.db);
  return rows.length > 0;
}

/**
 * Withdraws a link: each side is exactly as before, with what it did meanwhile [IDN-8]. One that was made without a person is remembered
 * as different, or the next write would make it again, and what else joined the two without a person goes with it [IDN-3]; where people's
 * own decisions still make them one, nothing is remembered. Answers the customers of both sides. Errors: `customer.merge_unknown`.
 */
export async function withdrawLink(ctx: Ctx, linkId: LinkId): Promise<Result<readonly CustomerId[], CustomerError>> {
  const { rows } = await sql<{ a: RecordId; b: RecordId; kind: string }>`
    update customers.link set state = 'withdrawn', withdrawn_at = now()
     where id = ${linkId} and state = 'active' and kind <> 'must_not_link'
    returning a_record as a, b_record as b, kind`.execute(ctx.db);
  const [found] = rows;
  if (!found) return err({ code: "customer.merge_unknown" });
  if (found.kind !== "agent" && !(await isOneByDecision(ctx, found.a, found.b)))
    await keepApart(ctx, found.a, found.b, "its link was withdrawn");
  await recompute(ctx, [found.a, found.b], linkId);
  return ok([...new Set([await customerOf(ctx, found.a), await customerOf(ctx, found.b)])]);
}

export type ReviewPairId = Id<"review pair">;

/**
 * Says that two records are different people, for ever [IDN-3]: what joined them without a person is rejected, and both are as without it.
 * Answers the link that says so. Errors: `customer.same` (people's own decisions make them one: undo these). Publishes
 * `customer.unlinked.v1` where they were one.
 */
export async function partRecords(ctx: Ctx, a: RecordId, b: RecordId, reason: string): Promise<Result<LinkId, CustomerError>> {
  const areOne = (await personRecordsOf(ctx, a)).includes(b);
  if (areOne && (await isOneByDecision(ctx, a, b))) return err({ code: "customer.same" });
  const id = await keepApart(ctx, a, b, reason);
  if (areOne) await recompute(ctx, [a, b], null);
  return ok(id);
}

/** Keeps two records apart for ever; said twice it is once. Answers the link that says so. The customers are to be computed again. */
export async function keepApart(ctx: Ctx, a: RecordId, b: RecordId, reason: string): Promise<LinkId> {
  const { rows } = await sql<{ id: LinkId }>`
    insert into customers.link (id, a_record, b_record, kind, actor_kind, actor_id, reason)
    values (${ctx.newId<LinkId>()}, least(${a}::uuid, ${b}::uuid), greatest(${a}::uuid, ${b}::uuid), 'must_not_link', ${ctx.actor.kind},
            ${actorId(ctx)}, ${reason})
    on conflict (a_record, b_record, kind) where state = 'active' do update set kind = link.kind returning id`.execute(ctx.db);
  const [kept] = rows;
  if (!kept) throw new Error("what keeps two records apart was inserted or was there");
  return kept.id;
}
