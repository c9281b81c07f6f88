import type { CustomerId, LinkId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { components, customerIdOf, type LinkPair, type Standing } from "../domain/index.ts";
import { CustomerLinked, CustomerUnlinked } from "../events.ts";
import { rebuildProfiles } from "./rebuild-profile.ts";

type Member = Standing & { readonly customerId: CustomerId };
/** A customer as the links make it now. */
type Placed = { readonly customerId: CustomerId; readonly records: readonly RecordId[] };

/**
 * Computes the customers of the records that hang together with these, after a link was added or withdrawn [IDN-1]. Only rows of this
 * component are touched: the partition, the redirects of ids that no longer stand for themselves, and the profiles.
 * Facts are not: they name records. The customers of both sides are locked for update first, so nothing that is one per customer races it.
 * Publishes `customer.linked.v1` or `customer.unlinked.v1`, or nothing when other links still say the same.
 */
export async function recompute(ctx: Ctx, seeds: readonly RecordId[], linkId: LinkId | null): Promise<void> {
  await lockCustomers(ctx, seeds);
  const members = await membersOf(ctx, seeds);
  const placed = await placeByLinks(ctx, members);
  const before = groupsOf(members.map(({ id, customerId }) => ({ customerId, records: [id] })));
  const after = groupsOf(placed);
  await writePartition(ctx, placed);
  await writeRedirects(ctx, placed);
  await rebuildProfiles(
    ctx,
    placed.map(({ customerId }) => customerId),
    Object.keys(before) as CustomerId[], // its keys are customer ids
  );
  const change = Math.sign(placed.length - Object.keys(before).length);
  if (change === 0) return;
  await sql`
    insert into customers.customer_change (link_id, kind, before, after)
    values (${linkId}, ${change < 0 ? "united" : "split"}, ${JSON.stringify(before)}::jsonb, ${JSON.stringify(after)}::jsonb)`.execute(
    ctx.db,
  );
  if (linkId) await tell(ctx, linkId, members, placed, Object.keys(before));
}

/** A provisional record was nobody's customer: that it joined or left one is told to nobody. */
async function tell(
  ctx: Ctx,
  linkId: LinkId,
  members: readonly Member[],
  placed: readonly Placed[],
  before: readonly string[],
): Promise<void> {
  const [first] = placed;
  if (!first) return;
  const known = new Set<string>(members.filter(({ knownAt }) => knownAt !== null).map(({ id }) => id));
  const now = new Set<string>(placed.map(({ customerId }) => customerId));
  const absorbed = before.filter((id) => known.has(id) && !now.has(id));
  const restored = [...now].filter((id) => known.has(id) && !before.includes(id));
  const about = { customerIdThen: first.customerId, linkId, recordIds: members.map(({ id }) => id) };
  if (absorbed.length > 0) await publish(ctx, CustomerLinked, `customer/${first.customerId}`, { ...about, absorbed });
  if (restored.length > 0) await publish(ctx, CustomerUnlinked, `customer/${first.customerId}`, { ...about, restored });
}

/** Locks in the order of ids. Who waited for another union looks again whose records these are now. */
async function lockCustomers(ctx: Ctx, seeds: readonly RecordId[]): Promise<void> {
  for (let locked = ""; ;) {
    await sql`
      insert into customers.customer (id) select customers.customer_of(seed) from unnest(${[...seeds]}::uuid[]) seed order by 1
      on conflict do nothing`.execute(ctx.db);
    const { rows } = await sql<{ id: string }>`
      select id from customers.customer where id in (select customers.customer_of(seed) from unnest(${[...seeds]}::uuid[]) seed)
       order by id for update`.execute(ctx.db);
    const ids = rows.map(({ id }) => id).join();
    if (ids === locked) return;
    locked = ids;
  }
}

async function membersOf(ctx: Ctx, seeds: readonly RecordId[]): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select r.id, r.known_at as "knownAt", customers.customer_of(r.id) as "customerId"
      from customers.source_record r
     where r.id in (select other from unnest(${[...seeds]}::uuid[]) seed, lateral customers.records_of(seed) other)
     order by r.known_at nulls last, r.id`.execute(ctx.db);
  return rows;
}

async function placeByLinks(ctx: Ctx, members: readonly Member[]): Promise<Placed[]> {
  const byId = new Map(members.map((member) => [member.id, member]));
  const { rows } = await sql<LinkPair>`
    select a_record as a, b_record as b from customers.link
     where state = 'active' and kind <> 'must_not_link' and a_record = any (${[...byId.keys()]}::uuid[])`.execute(ctx.db);
  return components([...byId.keys()], rows).map((records) => ({
    customerId: customerIdOf(records.flatMap((id) => byId.get(id) ?? [])),
    records,
  }));
}

function groupsOf(placed: readonly Placed[]): Record<string, RecordId[]> {
  const groups: Record<string, RecordId[]> = {};
  for (const { customerId, records } of placed) groups[customerId] = [...(groups[customerId] ?? []), ...records];
  return groups;
}

async function writePartition(ctx: Ctx, placed: readonly Placed[]): Promise<void> {
  const rows = placed.flatMap(({ customerId, records }) => records.map((record) => ({ record, customerId })));
  const records = rows.map(({ record }) => record);
  const customers = rows.map(({ customerId }) => customerId);
  await sql`
    insert into customers.record_customer (generation, record_id, customer_id)
    select g.living, r, c from customers.generation g, unnest(${records}::uuid[], ${customers}::uuid[]) as u (r, c)
    on conflict (generation, record_id) do update set customer_id = excluded.customer_id
      where record_customer.customer_id <> excluded.customer_id`.execute(ctx.db);
  // Every channel is linked, so both partitions are the same; the person's is kept apart because its rights hold on every level.
  await sql`
    insert into customers.record_person (record_id, person_id) select r, c from unnest(${records}::uuid[], ${customers}::uuid[]) as u (r, c)
    on conflict (record_id) do update set person_id = excluded.person_id where record_person.person_id <> excluded.person_id`.execute(
    ctx.db,
  );
}

/** An id of this component that stood for a customer once leads to the customer its record is in; one that stands for itself, nowhere. */
async function writeRedirects(ctx: Ctx, placed: readonly Placed[]): Promise<void> {
  const rows = placed.flatMap(({ customerId, records }) => records.map((record) => ({ record, customerId })));
  const records = rows.map(({ record }) => record);
  const customers = rows.map(({ customerId }) => customerId);
  await sql`
    insert into customers.customer (id) select distinct c from unnest(${customers}::uuid[]) c
    on conflict (id) do update set state = 'active' where customer.state = 'redirected'`.execute(ctx.db);
  await sql`
    with gone as (
      update customers.customer c set state = 'redirected'
        from unnest(${records}::uuid[], ${customers}::uuid[]) as u (r, now_in) where c.id = u.r and u.r <> u.now_in
      returning c.id, u.now_in
    ), back as (
      delete from customers.customer_redirect where old_id = any (${customers}::uuid[])
    )
    insert into customers.customer_redirect (old_id, new_id) select id, now_in from gone
    on conflict (old_id) do update set new_id = excluded.new_id, at = now()`.execute(ctx.db);
}
