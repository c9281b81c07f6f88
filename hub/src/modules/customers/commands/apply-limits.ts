import type { Id, IdentifierId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { Limits } from "../domain/index.ts";
import { limitsSnapshot, readLimits } from "../limits.ts";
import { limitedGroup, touchedRecords, valuesBeyond, type LimitedGroup } from "./limit-groups.ts";
import { recompute } from "./resolve.ts";
import { withdrawByLimit } from "./set-aside.ts";
import { recordViolation } from "./violations.ts";

/** People whom one transaction computes again. */
const BATCH = 20;

/**
 * Takes the next step of applying limits that were changed [IDN-29]: first the values that tell nobody apart now, or do again, and a list of
 * whom it touches, then these people part by part. False when all is done or another hub works on it. What a step did is kept with it, so a
 * killed hub goes on.
 * Publishes what unlinking and linking publish.
 */
export async function applyLimitsNext(ctx: Ctx): Promise<boolean> {
  const { rows } = await sql<{ listed: boolean }>`select listed from customers.limit_course where applying for update skip locked`.execute(
    ctx.db,
  );
  const [course] = rows;
  if (!course) return false;
  // What this node remembers of the limits may be older than the row.
  ctx.snapshots.invalidate(limitsSnapshot);
  if (!course.listed) {
    await listTouched(ctx);
    return true;
  }
  const { rows: next } = await sql<{ id: RecordId }>`
    delete from customers.limit_touched where record_id in (select record_id from customers.limit_touched order by record_id limit ${BATCH})
    returning record_id as id`.execute(ctx.db);
  const limits = await readLimits(ctx.db);
  const counts = { withdrawn: 0, restored: 0 };
  for (const { id } of next) {
    const { withdrawn, restored } = await applyTo(ctx, id, limits);
    counts.withdrawn += withdrawn.length;
    counts.restored += restored.length;
  }
  await sql`
    update customers.limit_course set applying = ${next.length > 0}, looked_at = looked_at + ${next.length},
           withdrawn = withdrawn + ${counts.withdrawn}, restored = restored + ${counts.restored}`.execute(ctx.db);
  return next.length > 0;
}

async function listTouched(ctx: Ctx): Promise<void> {
  const limits = await readLimits(ctx.db);
  const beyond = await valuesBeyond(ctx, limits);
  const ids = [...beyond.keys()];
  const { rows: aside } = await sql<{ id: IdentifierId }>`
    update customers.identifier i set blocked_reason = b.reason
      from unnest(${ids}::uuid[], ${[...beyond.values()]}::text[]) as b (id, reason)
     where i.id = b.id and i.blocked_reason is null returning i.id`.execute(ctx.db);
  await sql`
    update customers.identifier set blocked_reason = null
     where blocked_reason in ('too_common', 'too_many_people') and id <> all (${ids}::uuid[])`.execute(ctx.db);
  await sql`
    delete from customers.review_pair where status = 'open' and evidence ->> 'identifierId' = any (${aside.map(({ id }) => id)}::text[])`.execute(
    ctx.db,
  );
  await sql`truncate customers.limit_touched`.execute(ctx.db);
  await sql`insert into customers.limit_touched (record_id) ${touchedRecords(limits, ids)}`.execute(ctx.db);
  await sql`update customers.limit_course set listed = true, set_aside = ${aside.length}`.execute(ctx.db);
}

/** Withdraws what these limits do not allow around a record, tells and asks about it, and gives back what they allow again. */
export async function applyTo(ctx: Ctx, seed: RecordId, limits: Limits): Promise<LimitedGroup> {
  const group = await limitedGroup(ctx, [seed], limits, null);
  await withdrawByLimit(ctx, group.withdrawn.map(({ link: { id, a, b }, limit }) => ({ id, a, b, limit }))); // prettier-ignore
  for (const { link, limit } of group.withdrawn) {
    const { a, b, identifierId, on } = link;
    await recordViolation(ctx, a, { kind: on ?? "likeness", rule: ruleOf(limit), detail: { with: b, identifierId } });
    if (limit !== "limit_customers_per_value" && isAsked(limits, link)) await ask(ctx, link);
  }
  await restore(ctx, group.restored);
  return group;
}

const RULES = {
  limit_kind: "kind_joins_no_longer",
  limit_customers_per_value: "customers_per_value",
  limit_values_per_customer: "values_per_customer",
  limit_links_per_customer: "links_per_customer",
} as const;
const ruleOf = (limit: keyof typeof RULES) => RULES[limit];

/** A kind that says nothing any more asks nobody either. */
const isAsked = (limits: Limits, { on }: LimitedGroup["links"][number]): boolean =>
  !Object.values(limits).some(({ kind, whenProven }) => kind === on && whenProven === "nothing");

async function ask(ctx: Ctx, { a, b, identifierId }: LimitedGroup["links"][number]): Promise<void> {
  await sql`
    insert into customers.review_pair (id, a_record, b_record, because, evidence)
    values (${ctx.newId<Id<"review pair">>()}, ${a}, ${b}, 'limit_reached', ${JSON.stringify({ identifierId })}::jsonb)
    on conflict (a_record, b_record) do nothing`.execute(ctx.db);
}

/** Links that a limit withdrew and no limit forbids now: the same rows, so that everything is as it was. */
async function restore(ctx: Ctx, links: LimitedGroup["restored"]): Promise<void> {
  if (links.length === 0) return;
  const ids = links.map(({ id }) => id);
  await sql`
    update customers.link set state = 'active', withdrawn_at = null,
           reason = case when kind = 'model' then 'alike' else evidence ->> 'on' || '_verified_on_both' end
     where id = any (${ids}::uuid[]) and state = 'withdrawn'`.execute(ctx.db);
  await sql`
    delete from customers.review_pair p using customers.link l
     where l.id = any (${ids}::uuid[]) and p.a_record = l.a_record and p.b_record = l.b_record and p.status = 'open' and p.because = 'limit_reached'`.execute(
    ctx.db,
  );
  await recompute(ctx, [...new Set(links.flatMap(({ a, b }) => [a, b]))], links[0]?.id ?? null);
}
