import { isId, type CustomerId, type RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { channelsSeen } from "./visible.ts";
import { idList, type Actor, type ReadCtx } from "../../../platform/index.ts";

type Reader = Pick<ReadCtx, "db">;

/** Staff may use what they opened for this long [IDN-12]. */
export const OPENED_MINUTES = 30;

/** The customer whom a record belongs to now. */
export async function customerOf(ctx: Reader, recordId: RecordId): Promise<CustomerId> {
  const { rows } = await sql<{ id: CustomerId }>`select customers.customer_of(${recordId}) as id`.execute(ctx.db);
  return rows[0]?.id ?? (recordId as string as CustomerId); // a record without a row in the partition is its own customer
}

/** The customers of many records, by record. */
export async function customersOf(ctx: Reader, recordIds: readonly RecordId[]): Promise<Map<RecordId, CustomerId>> {
  const { rows } = await sql<{ recordId: RecordId; customerId: CustomerId }>`
    select record as "recordId", customers.customer_of(record) as "customerId" from unnest(${idList(recordIds)}) record`.execute(ctx.db);
  return new Map(rows.map(({ recordId, customerId }) => [recordId, customerId]));
}

/** Every record of a customer, the oldest known first; a customer's id is that of a record, so one that a merge took away still leads here. */
export async function recordsOf(ctx: Reader, customerId: CustomerId): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    select r.id from customers.records_of(${customerId}) r (id) join customers.source_record s on s.id = r.id
     where s.state <> 'erased' order by s.known_at nulls last, r.id`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/**
 * Every record of the person whom a record belongs to, whatever the link levels of their channels. For rights only (withdrawal,
 * suppression, export): who is shown as one customer is `recordsOf`.
 */
export async function personRecordsOf(ctx: Reader, recordId: RecordId): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`select r.id from customers.person_records_of(${recordId}) r (id) order by 1`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** The record that stands for a customer whom this till or member of staff opened within the last half hour. */
export async function recordForTill(ctx: Pick<ReadCtx, "db" | "actor">, customerId: string): Promise<RecordId | undefined> {
  const { staff, device } = ctx.actor;
  const { rows } = await sql<{ id: RecordId }>`
    select o.record_id as id from customers.opening o
     where (o.device_id = ${device?.id ?? null} or (${device === null} and o.staff_id = ${staff?.id ?? null}))
       and o.at > now() - make_interval(mins => ${OPENED_MINUTES})
       and customers.customer_of(o.record_id) = customers.customer_of(${customerId})
     order by o.at desc limit 1`.execute(ctx.db);
  return rows[0]?.id;
}

/** Whether this till or member of staff opened the customer within the last half hour. */
export async function isOpenedAtTill(ctx: Pick<ReadCtx, "db" | "actor">, customerId: string): Promise<boolean> {
  return (await recordForTill(ctx, customerId)) !== undefined;
}

/**
 * A record of the customer that a path names, if this caller may see that customer [IDN-10]: `me` and their own id for a customer,
 * the records of its channel for a secret key, for staff whom the rights table let in those that the link levels carry to them [IDN-19].
 */
export async function recordIdOf(ctx: Pick<ReadCtx, "db" | "actor" | "snapshots">, idOrMe: string): Promise<RecordId | undefined> {
  const own = ctx.actor.customer?.recordId;
  if (idOrMe === "me") return own;
  if (!isId(idOrMe)) return undefined;
  const seen = await channelsSeen(ctx);
  const { rows } = await sql<{ id: RecordId }>`
    select s.id from customers.records_of(${idOrMe}) r (id) join customers.source_record s on s.id = r.id
     where s.state <> 'erased' and (${seen === null} or s.channel_id = any (${[...(seen ?? [])]}::uuid[]))
       and (not ${isBoundToSelf(ctx.actor)} or customers.customer_of(${own ?? null}) = customers.customer_of(s.id))
     order by s.known_at nulls last, s.id limit 1`.execute(ctx.db);
  return rows[0]?.id;
}

const isBoundToSelf = (actor: Actor): boolean => actor.staff === null && actor.kind !== "secret" && actor.kind !== "system";
