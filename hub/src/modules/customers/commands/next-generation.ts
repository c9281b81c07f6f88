import type { CustomerId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { isLiving } from "../living.ts";
import { groupsNow, inColumns, membersOf, partitionOf, type Placed, type SupposedLevel } from "./partition.ts";
import { profilesOf } from "./rebuild-profile.ts";
import { addToDictionary, fieldRows, pairRows, wordRows, type Profiles } from "./write-profile.ts";

/** The generation that is built, and the level that makes it differ from the one that is shown. */
export type NextGeneration = { readonly generation: number; readonly supposed: SupposedLevel };

const FOR_EVER = 2_147_483_647;

/**
 * Builds the customers of the persons of these records as they will be in the next generation, beside those that are shown [IDN-18].
 * Only what differs is written. Building the same persons twice comes out the same: what was built of them before is taken back first.
 */
export async function buildNext(ctx: Ctx, next: NextGeneration, seeds: readonly RecordId[]): Promise<void> {
  const members = await membersOf(ctx, seeds, next.supposed);
  const ids = members.map(({ id }) => id);
  await takeBack(ctx, next.generation, ids);
  const { customers } = await partitionOf(ctx, members);
  const before = groupsNow(members);
  const changed = customers.filter(({ customerId, records }) => {
    const own = before[customerId];
    return !own || own.length !== records.length || !records.every((id) => own.includes(id));
  });
  if (changed.length === 0) return;
  await placeNext(ctx, next.generation, changed);
  const touched = new Set<string>(changed.map(({ customerId }) => customerId));
  const kept = new Set<string>(customers.filter(({ customerId }) => !touched.has(customerId)).map(({ customerId }) => customerId));
  for (const id of Object.keys(before)) if (!kept.has(id)) touched.add(id);
  // Both are ids of customers.
  await writeNextProfiles(ctx, next.generation, [...touched] as CustomerId[], await profilesOf(ctx, changed));
}

/** The computed tables, and what says whose row it is: the id of a customer is that of one of its records. */
const COMPUTED = [
  ["customers.record_customer", "record_id"],
  ["customers.profile_field", "customer_id"],
  ["customers.name_index", "customer_id"],
  ["customers.name_pair", "customer_id"],
] as const;

async function takeBack(ctx: Ctx, generation: number, ids: readonly RecordId[]): Promise<void> {
  for (const [table, key] of COMPUTED) {
    const mine = sql`${sql.ref(key)} = any (${[...ids]}::uuid[])`;
    await sql`delete from ${sql.table(table)} where ${mine} and generation = ${generation}`.execute(ctx.db);
    await sql`update ${sql.table(table)} set until = ${FOR_EVER} where ${mine} and until = ${generation}`.execute(ctx.db);
  }
}

async function placeNext(ctx: Ctx, generation: number, changed: readonly Placed[]): Promise<void> {
  const { records, customers } = inColumns(changed);
  await sql`
    with wanted as (select * from unnest(${records}::uuid[], ${customers}::uuid[]) as w (record, customer)),
    locked as (insert into customers.customer (id) select distinct customer from wanted order by 1 on conflict do nothing),
    closed as (
      update customers.record_customer rc set until = ${generation} from wanted
       where rc.record_id = wanted.record and ${isLiving("rc")} and rc.customer_id <> wanted.customer
    )
    insert into customers.record_customer (generation, record_id, customer_id) select ${generation}, record, customer from wanted
     where not exists (select from customers.record_customer rc
                        where rc.record_id = wanted.record and ${isLiving("rc")} and rc.customer_id = wanted.customer)`.execute(ctx.db);
}

async function writeNextProfiles(ctx: Ctx, generation: number, touched: readonly CustomerId[], profiles: Profiles): Promise<void> {
  await addToDictionary(ctx, profiles);
  await sql`
    with wanted as (${fieldRows(profiles)}), same as (
      select p.customer_id, p.field from customers.profile_field p join wanted on wanted.customer = p.customer_id and wanted.field = p.field
       where ${isLiving("p")} and (p.value, p.from_record, p.rule, p.at) is not distinct from (wanted.value, wanted.record, wanted.rule, wanted.at)
    ), closed as (
      update customers.profile_field p set until = ${generation}
       where p.customer_id = any (${[...touched]}::uuid[]) and ${isLiving("p")} and (p.customer_id, p.field) not in (select * from same)
    )
    insert into customers.profile_field (customer_id, field, value, from_record, rule, at, generation)
    select customer, field, value, record, rule, at, ${generation} from wanted where (customer, field) not in (select * from same)`.execute(
    ctx.db,
  );
  await sql`
    with wanted as (${wordRows(profiles)}), same as (
      select n.customer_id, n.word from customers.name_index n join wanted on wanted.customer = n.customer_id and wanted.word = n.word
       where ${isLiving("n")} and n.last_seen = wanted.seen
    ), closed as (
      update customers.name_index n set until = ${generation}
       where n.customer_id = any (${[...touched]}::uuid[]) and ${isLiving("n")} and (n.customer_id, n.word) not in (select * from same)
    )
    insert into customers.name_index (word, customer_id, last_seen, generation)
    select word, customer, seen, ${generation} from wanted where (customer, word) not in (select * from same)`.execute(ctx.db);
  await sql`
    with wanted as (${pairRows(profiles)}), same as (
      select n.customer_id, n.word, n.other from customers.name_pair n
        join wanted on wanted.customer = n.customer_id and wanted.word = n.word and wanted.other = n.other where ${isLiving("n")}
    ), closed as (
      update customers.name_pair n set until = ${generation}
       where n.customer_id = any (${[...touched]}::uuid[]) and ${isLiving("n")} and (n.customer_id, n.word, n.other) not in (select * from same)
    )
    insert into customers.name_pair (word, other, customer_id, generation)
    select word, other, customer, ${generation} from wanted where (customer, word, other) not in (select * from same)`.execute(ctx.db);
}

/** Deletes rows that no generation shows any more, so many of each table at most. Answers how many went. */
export async function sweepOld(ctx: Pick<Ctx, "db">, most: number): Promise<number> {
  let gone = 0;
  for (const [table] of COMPUTED) {
    const { numAffectedRows = 0n } = await sql`
      delete from ${sql.table(table)} where ctid = any (array(
        select ctid from ${sql.table(table)} where until <= (select living from customers.generation) limit ${most}))`.execute(ctx.db);
    gone += Number(numAffectedRows);
  }
  return gone;
}
