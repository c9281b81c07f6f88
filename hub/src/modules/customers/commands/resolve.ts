import type { CustomerId, LinkId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, trailing, type Ctx } from "../../../platform/index.ts";
import { CustomerLinked, CustomerUnlinked } from "../events.ts";
import { holdLevels } from "../living.ts";
import { planOnce } from "../plan-once.ts";
import { linksTorn, type LimitedLink } from "../domain/index.ts";
import {
  decidedAround,
  groupsNow,
  membersOf,
  partitionBy,
  partitionOf,
  writeCustomers,
  writePersons,
  type Member,
  type Placed,
} from "./partition.ts";
import { rebuildProfiles } from "./rebuild-profile.ts";
import { recordViolation } from "./violations.ts";

/**
 * Computes the customers of the records that hang together with these, after a link was added or withdrawn [IDN-1]. Only rows of this
 * person are touched: both partitions and the profiles. Facts are not: they name records. A link across a seam that does not carry
 * identity changes the person alone [IDN-17]. The customers of all sides are locked for update first, so nothing that is one per customer
 * races it, and whoever was judged different meanwhile is not joined after all [IDN-3]. Answers the customers whose profiles were built.
 * Publishes `customer.linked.v1` or `customer.unlinked.v1`, or nothing when the customers stay the same.
 */
export async function recompute(ctx: Ctx, seeds: readonly RecordId[], linkId: LinkId | null): Promise<readonly CustomerId[]> {
  await planOnce(ctx);
  await holdLevels(ctx);
  await trailing(ctx, sql`select customers.lock_customers(${[...seeds]}::uuid[])`);
  const [members, { joining, apart }] = await Promise.all([membersOf(ctx, seeds), decidedAround(ctx, seeds)]);
  const torn = linksTorn(
    members.map(({ id }) => id),
    joining,
    apart,
  );
  await reject(ctx, torn);
  const { customers, persons } = partitionBy(
    members,
    joining.filter((link) => !torn.includes(link)),
  );
  const before = groupsNow(members);
  await writePersons(ctx, members, persons);
  const rebuilt = await placeCustomers(ctx, before, customers);
  const change = Math.sign(customers.length - Object.keys(before).length);
  if (change === 0) return rebuilt;
  const after = Object.fromEntries(customers.map(({ customerId, records }) => [customerId, records]));
  // Who comes apart is told by the first link that went; what an import unites is told to nobody.
  const because = linkId ?? (change > 0 ? torn[0]?.id : undefined) ?? null;
  await trailing(
    ctx,
    sql`insert into customers.customer_change (link_id, kind, before, after)
        values (${because}, ${change < 0 ? "united" : "split"}, ${JSON.stringify(before)}::jsonb, ${JSON.stringify(after)}::jsonb)`,
  );
  if (because) await tell(ctx, because, members, customers, Object.keys(before));
  return rebuilt;
}

/** Told as violations, since a proven value says otherwise. Their rows stay, so that a judgment that is taken back brings them back. */
async function reject(ctx: Ctx, torn: readonly LimitedLink[]): Promise<void> {
  if (torn.length === 0) return;
  await sql`
    update customers.link set state = 'rejected', withdrawn_at = now() where id = any (${torn.map(({ id }) => id)}::uuid[])`.execute(
    ctx.db,
  );
  for (const { a, b, on, identifierId } of torn)
    await recordViolation(ctx, a, { kind: on ?? "likeness", rule: "apart_but_proven", detail: { with: b, identifierId } });
}

/** Computes the customers of these persons by the levels as they are now, after one was switched: no link changed, so no person does. */
export async function recomputeByLevels(ctx: Ctx, seeds: readonly RecordId[]): Promise<void> {
  const members = await membersOf(ctx, seeds);
  const { customers } = await partitionOf(ctx, members);
  await placeCustomers(ctx, groupsNow(members), customers);
}

/** Only customers whose records change are written: they are answered. */
async function placeCustomers(
  ctx: Ctx,
  before: Readonly<Record<string, readonly RecordId[]>>,
  after: readonly Placed[],
): Promise<readonly CustomerId[]> {
  await writeCustomers(ctx, after);
  const isAsBefore = ({ customerId, records }: Placed): boolean => {
    const own = before[customerId];
    return own !== undefined && own.length === records.length && records.every((id) => own.includes(id));
  };
  const kept = new Set<string>(after.filter(isAsBefore).map(({ customerId }) => customerId));
  const changed = after.map(({ customerId }) => customerId).filter((id) => !kept.has(id));
  await rebuildProfiles(
    ctx,
    changed,
    Object.keys(before).filter((id) => !kept.has(id)) as CustomerId[], // its keys are customer ids
  );
  return changed;
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
