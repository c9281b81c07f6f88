import { err, ok, type CustomerId, type LinkId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { CustomerError } from "../errors.ts";
import { readLimits } from "../limits.ts";
import { customerOf, personRecordsOf, recordsOf } from "../queries/who.ts";
import { applyTo } from "./apply-limits.ts";
import { areJudgedDifferent, link, partRecords, type ReviewPairId } from "./link.ts";
import { lockBoth } from "./provisional.ts";
import { recompute } from "./resolve.ts";

export type MatchDecision = "same" | "different" | "later";

/** A pair that was put off is asked again after this. */
const LATER = "20 hours";

/**
 * Judges a pair: "same" links it, "different" keeps the two apart for ever [IDN-3], "later" asks again tomorrow [IDN-27].
 * Errors: `customer.match_unknown`, `customer.match_decided`, `customer.judged_different`, `customer.same` (different, and yet one by a merge).
 */
export async function judgePair(
  ctx: Ctx,
  pairId: ReviewPairId,
  decision: MatchDecision,
  reason: string | undefined,
): Promise<Result<null, CustomerError>> {
  const pair = await lockPair(ctx, pairId);
  if (!pair) return err({ code: "customer.match_unknown" });
  if (pair.status !== "open") return err({ code: "customer.match_decided", decided: pair.status });
  if (decision === "later") {
    await sql`update customers.review_pair set put_off_until = now() + ${LATER}::interval where id = ${pairId}`.execute(ctx.db);
    return ok(null);
  }
  await sql`
    update customers.review_pair set status = ${decision === "same" ? "linked" : "different"}, decided_by = ${ctx.actor.staff?.id ?? null},
           decided_at = now(), reason = ${reason ?? null} where id = ${pairId}`.execute(ctx.db);
  await lockBoth(ctx, pair.a, pair.b);
  if (decision === "different") {
    const parted = await partRecords(ctx, pair.a, pair.b, reason ?? "judged different");
    return parted.ok ? ok(null) : parted;
  }
  const sides = [await personRecordsOf(ctx, pair.a), await personRecordsOf(ctx, pair.b)] as const;
  if (await areJudgedDifferent(ctx, ...sides)) return err({ code: "customer.judged_different" });
  await link(ctx, { a: pair.a, b: pair.b, kind: "agent", evidence: { reviewPair: pairId }, reason: reason ?? "judged the same" });
  return ok(null);
}

/**
 * Takes a judgment back: the pair waits again. The link that it made is withdrawn and remembered as nothing; what kept the two apart goes, and
 * what it had rejected holds again as far as limits allow it. Errors: `customer.match_unknown`, `customer.match_undecided`. Publishes
 * `customer.unlinked.v1` if they were joined by it, `customer.linked.v1` if they were parted.
 */
export async function undoJudgment(ctx: Ctx, pairId: ReviewPairId): Promise<Result<null, CustomerError>> {
  const pair = await lockPair(ctx, pairId);
  if (!pair) return err({ code: "customer.match_unknown" });
  if (pair.status === "open" && !pair.isPutOff) return err({ code: "customer.match_undecided" });
  await sql`
    update customers.review_pair set status = 'open', put_off_until = null, decided_by = null, decided_at = null, reason = null
     where id = ${pairId}`.execute(ctx.db);
  await lockBoth(ctx, pair.a, pair.b);
  const { rows } = await sql<{ id: LinkId; kind: string }>`
    update customers.link set state = 'withdrawn', withdrawn_at = now()
     where a_record = ${pair.a} and b_record = ${pair.b} and state = 'active'
       and ((${pair.status} = 'linked' and kind = 'agent' and evidence ->> 'reviewPair' = ${pairId}::text)
         or (${pair.status} = 'different' and kind = 'must_not_link'))
    returning id, kind`.execute(ctx.db);
  for (const { id, kind } of rows)
    if (kind === "agent") await recompute(ctx, [pair.a, pair.b], id);
    else await bringBack(ctx, pair.a, pair.b);
  return ok(null);
}

/** Lets the links between two persons hold again that a judgment rejected; what others still keep apart is rejected anew by computing them. */
async function bringBack(ctx: Ctx, a: RecordId, b: RecordId): Promise<void> {
  const { rows } = await sql<{ id: LinkId }>`
    with person as materialized (select customers.person_records_of(${a}) as id union select customers.person_records_of(${b}))
    update customers.link l set state = 'active', withdrawn_at = null
     where l.id in (
       select distinct on (r.a_record, r.b_record, r.kind) r.id from customers.link r
        where r.state = 'rejected' and r.a_record in (select id from person) and r.b_record in (select id from person)
          and not exists (select from customers.link o where o.a_record = r.a_record and o.b_record = r.b_record and o.kind = r.kind and o.state = 'active')
        order by r.a_record, r.b_record, r.kind, r.at desc)
    returning id`.execute(ctx.db);
  const [first] = rows;
  if (!first) return;
  await recompute(ctx, [a, b], first.id);
  await applyTo(ctx, a, await readLimits(ctx.db));
}

/**
 * Says that two customers are different people, for ever, without waiting to be asked [IDN-3].
 * Errors: `customer.unknown`, `customer.same` (they are one now: undo the merge instead).
 */
export async function keepCustomersApart(ctx: Ctx, a: CustomerId, b: CustomerId, reason: string): Promise<Result<LinkId, CustomerError>> {
  const [ofA, ofB] = [await recordsOf(ctx, a), await recordsOf(ctx, b)];
  const [first, second] = [ofA[0], ofB[0]];
  if (!first || !second) return err({ code: "customer.unknown" });
  await lockBoth(ctx, first, second);
  if ((await customerOf(ctx, first)) === (await customerOf(ctx, second))) return err({ code: "customer.same" });
  const parted = await partRecords(ctx, first, second, reason);
  if (!parted.ok) return parted;
  const [persons, others] = [await personRecordsOf(ctx, first), await personRecordsOf(ctx, second)];
  // Whoever was to be asked about them is not asked any more.
  await sql`
    update customers.review_pair set status = 'different', decided_by = ${ctx.actor.staff?.id ?? null}, decided_at = now(), reason = ${reason}
     where status = 'open' and ((a_record = any (${persons}::uuid[]) and b_record = any (${others}::uuid[]))
                             or (b_record = any (${persons}::uuid[]) and a_record = any (${others}::uuid[])))`.execute(ctx.db);
  return parted;
}

type Pair = { readonly a: RecordId; readonly b: RecordId; readonly status: string; readonly isPutOff: boolean };

async function lockPair(ctx: Ctx, pairId: ReviewPairId): Promise<Pair | undefined> {
  const { rows } = await sql<Pair>`
    select a_record as a, b_record as b, status, coalesce(put_off_until > now(), false) as "isPutOff"
      from customers.review_pair where id = ${pairId} for update`.execute(ctx.db);
  return rows[0];
}
