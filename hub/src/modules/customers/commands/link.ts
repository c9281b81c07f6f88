import { err, ok, type CustomerId, type LinkId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { CustomerError } from "../errors.ts";
import { recompute } from "./resolve.ts";

export type NewLink = {
  readonly a: RecordId;
  readonly b: RecordId;
  readonly kind: "shared_identifier" | "agent" | "customer";
  readonly evidence: Record<string, unknown>;
  readonly reason: string;
};

/** Adds a link between two records: nothing moves, the customers are computed again. The same link twice is one. */
export async function link(ctx: Ctx, { a, b, kind, evidence, reason }: NewLink): Promise<LinkId | undefined> {
  const id = ctx.newId<LinkId>();
  const { rows } = await sql`
    insert into customers.link (id, a_record, b_record, kind, evidence, actor_kind, actor_id, reason)
    values (${id}, least(${a}::uuid, ${b}::uuid), greatest(${a}::uuid, ${b}::uuid), ${kind}, ${JSON.stringify(evidence)}::jsonb, ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? ctx.actor.customer?.recordId ?? null}, ${reason})
    on conflict (a_record, b_record, kind) where state = 'active' do nothing returning id`.execute(ctx.db);
  if (rows.length === 0) return undefined;
  await recompute(ctx, [a, b], id);
  return id;
}

/** Links two customers by a person's decision, between their oldest records. Errors: `customer.unknown`, `customer.same`. */
export async function mergeCustomers(ctx: Ctx, a: CustomerId, b: CustomerId, reason: string): Promise<Result<LinkId, CustomerError>> {
  const { rows } = await sql<{ customer: CustomerId; record: RecordId }>`
    select distinct on (rc.customer_id) rc.customer_id as customer, r.id as record
      from customers.source_record r join customers.read_record_customer rc on rc.record_id = r.id
     where rc.customer_id in (select coalesce((select new_id from customers.customer_redirect where old_id = c), c) from unnest(${[a, b]}::uuid[]) c) and r.state <> 'erased'
     order by rc.customer_id, r.created_at`.execute(ctx.db);
  const [first, second] = rows;
  if (!first) return err({ code: "customer.unknown" });
  if (!second) return a === b || rows.length === 1 ? err({ code: "customer.same" }) : err({ code: "customer.unknown" });
  const id = await link(ctx, { a: first.record, b: second.record, kind: "agent", evidence: {}, reason });
  return id ? ok(id) : err({ code: "customer.same" });
}

/** Withdraws a link: each side is exactly as before, with what it did meanwhile [IDN-8]. Errors: `customer.merge_unknown`. */
export async function withdrawLink(ctx: Ctx, linkId: LinkId): Promise<Result<readonly CustomerId[], CustomerError>> {
  const { rows } = await sql<{ a: RecordId; b: RecordId }>`
    update customers.link set state = 'withdrawn', withdrawn_at = ${ctx.now} where id = ${linkId} and state = 'active' and kind <> 'must_not_link'
    returning a_record as a, b_record as b`.execute(ctx.db);
  const found = rows[0];
  if (!found) return err({ code: "customer.merge_unknown" });
  await recompute(ctx, [found.a, found.b], linkId);
  const after = await sql<{
    id: CustomerId;
  }>`select distinct customers.customer_of(r) as id from unnest(${[found.a, found.b]}::uuid[]) r`.execute(ctx.db);
  return ok(after.rows.map(({ id }) => id));
}

/** Judges a pair: the same links it, different is remembered for ever and also withdraws nothing. Errors: `customer.match_unknown`, `customer.match_decided`. */
export async function judgePair(
  ctx: Ctx,
  pairId: string,
  decision: "same" | "different",
  reason: string | undefined,
): Promise<Result<null, CustomerError>> {
  const { rows } = await sql<{
    a: RecordId;
    b: RecordId;
    status: string;
  }>`select a_record as a, b_record as b, status from customers.review_pair where id = ${pairId} for update`.execute(ctx.db);
  const pair = rows[0];
  if (!pair) return err({ code: "customer.match_unknown" });
  if (pair.status !== "open") return err({ code: "customer.match_decided", status: pair.status });
  await sql`update customers.review_pair set status = ${decision === "same" ? "linked" : "different"}, decided_by = ${ctx.actor.staff?.id ?? null}, decided_at = ${ctx.now}, reason = ${reason ?? null} where id = ${pairId}`.execute(
    ctx.db,
  );
  if (decision === "same")
    await link(ctx, { ...pair, kind: "agent", evidence: { reviewPair: pairId }, reason: reason ?? "judged the same" });
  else {
    await sql`insert into customers.link (id, a_record, b_record, kind, actor_kind, actor_id, reason) values (${ctx.newId<LinkId>()}, ${pair.a}, ${pair.b}, 'must_not_link', ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${reason ?? "judged different"}) on conflict do nothing`.execute(
      ctx.db,
    );
  }
  return ok(null);
}
