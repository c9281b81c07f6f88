import { ok, err, type CustomerId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import type { CustomerError } from "../errors.ts";
import { CustomerErased } from "../events.ts";
import { holdLevels } from "../living.ts";

/** What a module does when a person is erased: it forgets these records, and keeps only what the law asks. */
export type ErasureHook = (ctx: Ctx, recordIds: readonly RecordId[]) => Promise<void>;

/**
 * Erases a person everywhere, in one transaction [IDN-15]: every record that links hold together, whatever the link level, in every
 * module by its hook, and the stored answers under idempotency keys. What stays of a record is its id, which means nothing any more;
 * it is on the list that is replayed after a restore. Errors: `customer.unknown`. Publishes `customer.erased.v1` for each record.
 */
export async function eraseCustomer(
  ctx: Ctx,
  customerId: CustomerId,
  hooks: readonly ErasureHook[],
): Promise<Result<readonly RecordId[], CustomerError>> {
  await sql`select customers.lock_customer(${customerId})`.execute(ctx.db);
  const recordIds = await recordsOfPerson(ctx, customerId);
  if (recordIds.length === 0) return err({ code: "customer.unknown" });
  await eraseRecords(ctx, recordIds, hooks);
  return ok(recordIds);
}

async function recordsOfPerson(ctx: Ctx, customerId: CustomerId): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    select s.id from customers.source_record s
     where s.state <> 'erased'
       and s.id in (select ${customerId}::uuid union select customers.records_of(${customerId}) union
                    select other.record_id from customers.record_person mine
                      join customers.record_person other on other.person_id = mine.person_id where mine.record_id = ${customerId})
     order by s.id`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** The same for records that are named: after a restore, the erasures since the backup are made again. */
export async function eraseRecords(ctx: Ctx, recordIds: readonly RecordId[], hooks: readonly ErasureHook[]): Promise<void> {
  for (const hook of hooks) await hook(ctx, recordIds);
  await forgetAnswers(ctx, recordIds);
  await eraseOwn(ctx, [...recordIds]);
  for (const recordId of recordIds) await publish(ctx, CustomerErased, `record/${recordId}`, { recordId });
}

/** Answers that were kept for retries: of these people, or to them. */
async function forgetAnswers(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  await sql`
    update platform.idempotency_key set response = 'null'
     where record_id = any (${[...recordIds]}::uuid[])
        or credential = any (${recordIds.map((id) => `record/${id}`)}::text[])`.execute(ctx.db);
}

async function eraseOwn(ctx: Ctx, ids: readonly RecordId[]): Promise<void> {
  await holdLevels(ctx);
  const run = (statement: ReturnType<typeof sql>) => statement.execute(ctx.db);
  const records = sql`${[...ids]}::uuid[]`;
  await run(sql`
    delete from customers.challenge c where c.record_id = any (${records})
        or c.address in (select address from customers.contact_point where record_id = any (${records}))`);
  await run(sql`delete from customers.review_pair where a_record = any (${records}) or b_record = any (${records})`);
  await run(sql`delete from customers.match_entry where record_id = any (${records})`);
  await run(sql`delete from customers.match_finding where a_record = any (${records}) or b_record = any (${records})`);
  await run(sql`delete from customers.contact_point where record_id = any (${records})`);
  await run(sql`
    with gone as (delete from customers.record_identifier where record_id = any (${records}) returning identifier_id)
    delete from customers.identifier i using gone
     where i.id = gone.identifier_id
       and not exists (select from customers.record_identifier other
                        where other.identifier_id = i.id and other.record_id <> all (${records}))`);
  await run(sql`delete from customers.source_record_version where record_id = any (${records})`);
  await run(sql`delete from customers.claim where record_id = any (${records})`);
  await run(sql`delete from customers.near_place where record_id = any (${records})`);
  await run(sql`delete from customers.violation where record_id = any (${records})`);
  await run(sql`delete from customers.informed_record where record_id = any (${records})`);
  await run(sql`delete from customers.objection where record_id = any (${records})`);
  await run(sql`delete from customers.device_binding where record_id = any (${records}) or account = any (${records})`);
  await run(
    sql`update customers.link set reason = null, evidence = evidence - 'reasons' where a_record = any (${records}) or b_record = any (${records})`,
  );
  await run(sql`delete from customers.profile_field where customer_id = any (${records})`);
  await run(sql`delete from customers.name_pair where customer_id = any (${records})`);
  await run(sql`
    with gone as (delete from customers.name_index where customer_id = any (${records}) returning word)
    delete from customers.name_word w using gone
     where w.word = gone.word
       and not exists (select from customers.name_index other where other.word = w.word and other.customer_id <> all (${records}))`);
  await run(sql`update customers.customer set state = 'erased' where id = any (${records})`);
  await run(sql`
    update customers.source_record set state = 'erased', attributes = '{}', said_at = '{}', external_id = null, updated_at = now()
     where id = any (${records})`);
  await run(sql`insert into customers.erased_record (record_id) select unnest(${records}) on conflict do nothing`);
}
