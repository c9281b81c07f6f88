import type { LimitsPreviewView, MatchingLimitsView } from "@weft/contracts";
import type { CustomerId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type ReadCtx } from "../../../platform/index.ts";
import { STARTING_LIMITS, type IdentifierLimit, type LimitedKind, type Limits } from "../domain/index.ts";
import { LimitsChanged } from "../events.ts";
import { readLimits } from "../limits.ts";
import { limitedGroup, touchedRecords, valuesBeyond, type LimitedGroup } from "./limit-groups.ts";
import { membersOf, partitionBy, type Member } from "./partition.ts";

/** A dry run looks at so many people, a part of them at a time. */
const MOST_PREVIEWED = 1_000;
const PART = 50;
const EXAMPLES = 5;

type Course = Omit<MatchingLimitsView["course"], "changedAt"> & { readonly changedAt: Date | null };

/** The limits as they are set, and how far customers were computed again by them [IDN-29]. */
export async function showLimits({ db }: Pick<ReadCtx, "db">): Promise<MatchingLimitsView> {
  const { rows } = await sql<Course>`
    select applying as "isApplying", looked_at as "lookedAt", withdrawn, restored, set_aside as "setAside", changed_at as "changedAt"
      from customers.limit_course`.execute(db);
  const [course] = rows;
  if (!course) throw new Error("the course of limits is one row, made by a migration");
  const limits = Object.values(await readLimits(db)).map((limit) => ({ ...limit, blocked: [...limit.blocked] }));
  return { limits, course: { ...course, changedAt: course.changedAt?.toISOString() ?? null } };
}

/**
 * Sets what kinds of values tell about people [IDN-29]; a kind that is left out stays as it is. Holds at once for what is written; a job
 * computes those again whom it touches. Publishes `customer.limits_changed.v1`.
 */
export async function setLimits(ctx: Ctx, wanted: readonly IdentifierLimit[]): Promise<void> {
  // The course first: of two who set them at once the later one counts, whole.
  await sql`
    update customers.limit_course set applying = true, listed = false, looked_at = 0, withdrawn = 0, restored = 0, set_aside = 0, changed_at = ${ctx.now}`.execute(
    ctx.db,
  );
  for (const { kind, scope, whenProven, whenClaimed, valuesPerCustomer, customersPerValue, blocked } of wanted.toSorted(byKind))
    await sql`
      update customers.identifier_limit set scope = ${scope}, when_proven = ${whenProven}, when_claimed = ${whenClaimed},
             values_per_customer = ${valuesPerCustomer}, customers_per_value = ${customersPerValue}, blocked = ${[...new Set(blocked)]}::text[]
       where kind = ${kind}`.execute(ctx.db);
  await publish(ctx, LimitsChanged, "limits/all", {});
}

const byKind = (a: IdentifierLimit, b: IdentifierLimit): number => (a.kind < b.kind ? -1 : 1);

/** The limits as they would be with these among them. */
async function limitsWith({ db }: Pick<ReadCtx, "db">, wanted: readonly IdentifierLimit[]): Promise<Limits> {
  const now = await readLimits(db);
  const of = (kind: LimitedKind): IdentifierLimit => wanted.find((each) => each.kind === kind) ?? now[kind] ?? STARTING_LIMITS[kind];
  return { email: of("email"), phone: of("phone"), card: of("card"), payment_card: of("payment_card"), device: of("device") };
}

/** What would change if these were the limits, by the same decisions and without a lock; of very many people a part [IDN-29]. */
export async function previewLimits(ctx: ReadCtx, wanted: readonly IdentifierLimit[]): Promise<LimitsPreviewView> {
  const limits = await limitsWith(ctx, wanted);
  const beyond = await valuesBeyond(ctx, limits);
  const { rows } = await sql<{ record: RecordId }>`
    select record from (${touchedRecords(limits, [...beyond.keys()])}) t order by record limit ${MOST_PREVIEWED + 1}`.execute(ctx.db);
  const seen = new Set<RecordId>();
  const changes: GroupChange[] = [];
  const waiting = rows.slice(0, MOST_PREVIEWED).map(({ record }) => record);
  for (let from = 0; from < waiting.length; from += PART)
    for (const seed of waiting.slice(from, from + PART)) {
      if (seen.has(seed)) continue;
      const group = await limitedGroup(ctx, [seed], limits, new Set(beyond.keys()));
      for (const record of group.records) seen.add(record);
      if (group.withdrawn.length + group.restored.length > 0) changes.push(changeOf(await membersOf(ctx, group.records), group));
    }
  const sum = (of: (change: GroupChange) => number): number => changes.reduce((total, change) => total + of(change), 0);
  return {
    isComplete: rows.length <= MOST_PREVIEWED,
    valuesSetAside: await newlySetAside(ctx, [...beyond.keys()]),
    linksWithdrawn: sum(({ withdrawn }) => withdrawn),
    linksRestored: sum(({ restored }) => restored),
    customersBefore: sum(({ before }) => before.length),
    customersAfter: sum(({ after }) => after),
    examples: await examplesOf(ctx, changes),
  };
}

type GroupChange = {
  readonly withdrawn: number;
  readonly restored: number;
  readonly before: readonly CustomerId[];
  readonly after: number;
};

/** How many known customers a group is before and after. */
function changeOf(members: readonly Member[], { links, standing, withdrawn, restored }: LimitedGroup): GroupChange {
  const known = new Set<string>(members.filter(({ knownAt }) => knownAt !== null).map(({ id }) => id));
  const customersBy = (counted: LimitedGroup["links"]) =>
    partitionBy(members, counted).customers.filter(({ records }) => records.some((id) => known.has(id)));
  return {
    withdrawn: withdrawn.length,
    restored: restored.length,
    before: customersBy(links).map(({ customerId }) => customerId),
    after: customersBy(standing).length,
  };
}

async function newlySetAside({ db }: Pick<ReadCtx, "db">, beyond: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from customers.identifier where id = any (${[...beyond]}::uuid[]) and blocked_reason is null`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** Those who become the most, by name. */
async function examplesOf({ db }: Pick<ReadCtx, "db">, changes: readonly GroupChange[]): Promise<LimitsPreviewView["examples"]> {
  const chosen = changes
    .toSorted((a, b) => Math.abs(b.after - b.before.length) - Math.abs(a.after - a.before.length))
    .flatMap(({ before: [customerId], after }) => (customerId === undefined ? [] : [{ customerId, becomes: after }]))
    .slice(0, EXAMPLES);
  const { rows } = await sql<{ id: CustomerId; name: string | null }>`
    select id, nullif(concat_ws(' ', attributes ->> 'givenName', attributes ->> 'familyName'), '') as name
      from customers.source_record where id = any (${chosen.map(({ customerId }) => customerId)}::uuid[])`.execute(db);
  return chosen.map(({ customerId, becomes }) => ({ customerId, becomes, name: rows.find(({ id }) => id === customerId)?.name ?? null }));
}
