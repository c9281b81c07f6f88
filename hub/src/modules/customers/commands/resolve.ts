import type { CustomerId, LinkId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { components, customerIdOf, type LinkPair, type Standing } from "../domain/index.ts";
import { CustomersSplit, CustomersUnited } from "../events.ts";
import { rebuildProfiles } from "./rebuild-profile.ts";

type Member = Standing & { readonly customerId: CustomerId };
type Component = { readonly members: readonly Member[]; readonly links: readonly (LinkPair & { readonly kind: string })[] };

/**
 * Computes the customers of the records that hang together with these, after a link was added or withdrawn [IDN-1]. Only rows of this
 * component are touched: the partition, the redirects of ids that no longer stand for themselves, and the profiles.
 * Facts are not: they name records. The customers of both sides are locked for update first, so nothing that is one per customer races it.
 */
export async function recompute(ctx: Ctx, seeds: readonly RecordId[], linkId: LinkId): Promise<void> {
  const { members, links } = await lockComponent(ctx, seeds);
  const byId = new Map(members.map((member) => [member.id, member]));
  const groups = components([...byId.keys()], links).map((ids) => ids.flatMap((id) => byId.get(id) ?? []));
  const before = groupIds(members);
  const placed = groups.map((group) => ({ customerId: customerIdOf(group), group }));
  await writePartition(ctx, placed);
  await writeRedirects(ctx, placed, [...new Set(members.map(({ customerId }) => customerId))]);
  const after = Object.fromEntries(placed.map(({ customerId, group }) => [customerId, group.map(({ id }) => id)]));
  const isUnion = placed.length < Object.keys(before).length;
  await sql`insert into customers.customer_change (link_id, kind, before, after) values (${linkId}, ${isUnion ? "united" : "split"}, ${JSON.stringify(before)}::jsonb, ${JSON.stringify(after)}::jsonb)`.execute(
    ctx.db,
  );
  await rebuildProfiles(
    ctx,
    placed.map(({ customerId }) => customerId),
    Object.keys(before) as CustomerId[],
  ); // its keys are customer ids
  const first = placed[0];
  if (!first) return;
  const ids = { customerIdThen: first.customerId, linkId, recordIds: members.map(({ id }) => id) };
  const others = placed.slice(1).map(({ customerId }) => customerId);
  if (isUnion)
    await publish(ctx, CustomersUnited, `customer/${first.customerId}`, {
      ...ids,
      absorbed: Object.keys(before).filter((id) => id !== first.customerId),
    });
  else await publish(ctx, CustomersSplit, `customer/${first.customerId}`, { ...ids, restored: others });
}

/** The records reachable from the seeds, as linked now and as partitioned before, with their customers locked in id order. */
async function lockComponent(ctx: Ctx, seeds: readonly RecordId[]): Promise<Component> {
  await sql`
    select 1 from customers.customer where id in (select customers.customer_of(seed) from unnest(${seeds}::uuid[]) seed) order by id for update`.execute(
    ctx.db,
  );
  const members = await sql<{ id: RecordId; createdAt: Date; isKnown: boolean; customerId: CustomerId }>`
    select r.id, r.created_at as "createdAt", r.state = 'known' as "isKnown", customers.customer_of(r.id) as "customerId"
      from customers.source_record r
     where r.id in (select other from unnest(${seeds}::uuid[]) seed, lateral customers.records_of(seed) other)
     order by r.created_at, r.id`.execute(ctx.db);
  const ids = members.rows.map(({ id }) => id);
  const links = await sql<{ a: RecordId; b: RecordId; kind: string }>`
    select a_record as a, b_record as b, kind from customers.link
     where state = 'active' and kind <> 'must_not_link' and a_record = any (${ids}::uuid[]) and b_record = any (${ids}::uuid[])`.execute(
    ctx.db,
  );
  return { members: members.rows, links: links.rows };
}

function groupIds(members: readonly Member[]): Record<string, RecordId[]> {
  const groups: Record<string, RecordId[]> = {};
  for (const { id, customerId } of members) groups[customerId] = [...(groups[customerId] ?? []), id];
  return groups;
}

type Placed = readonly { readonly customerId: CustomerId; readonly group: readonly Member[] }[];

async function writePartition(ctx: Ctx, placed: Placed): Promise<void> {
  const rows = placed.flatMap(({ customerId, group }) => group.map(({ id }) => ({ id, customerId })));
  const records = rows.map(({ id }) => id);
  const customers = rows.map(({ customerId }) => customerId);
  await sql`insert into customers.customer (id) select distinct c from unnest(${customers}::uuid[]) c on conflict (id) do update set state = 'active' where customers.customer.state = 'redirected'`.execute(
    ctx.db,
  );
  await sql`
    insert into customers.record_customer (generation, record_id, customer_id)
    select g.living, r, c from customers.generation g, unnest(${records}::uuid[], ${customers}::uuid[]) as u (r, c)
    on conflict (generation, record_id) do update set customer_id = excluded.customer_id`.execute(ctx.db);
  // Every channel is linked, so both partitions are the same; the person's is kept apart because its rights hold on every level.
  await sql`
    insert into customers.record_person (record_id, person_id) select r, c from unnest(${records}::uuid[], ${customers}::uuid[]) as u (r, c)
    on conflict (record_id) do update set person_id = excluded.person_id`.execute(ctx.db);
}

/** An id that stood for a customer before and does not now leads to the customer that its own record is in; one that stands again, nowhere. */
async function writeRedirects(ctx: Ctx, placed: Placed, idsBefore: readonly CustomerId[]): Promise<void> {
  const living = new Set(placed.map(({ customerId }) => customerId));
  const gone = idsBefore.filter((id) => !living.has(id));
  await sql`delete from customers.customer_redirect where old_id = any (${[...living]}::uuid[])`.execute(ctx.db);
  await sql`
    insert into customers.customer_redirect (old_id, new_id)
    select old, customers.customer_of(old) from unnest(${gone}::uuid[]) old on conflict (old_id) do update set new_id = excluded.new_id, at = now()`.execute(
    ctx.db,
  );
  await sql`update customers.customer set state = 'redirected' where id = any (${gone}::uuid[])`.execute(ctx.db);
  // Redirects made by earlier merges follow, so that no id needs two steps.
  await sql`update customers.customer_redirect set new_id = customers.customer_of(old_id) where new_id = any (${gone}::uuid[]) or old_id in (select record_id from customers.read_record_customer where customer_id = any (${[...living]}::uuid[]) and record_id <> customer_id)`.execute(
    ctx.db,
  );
}
