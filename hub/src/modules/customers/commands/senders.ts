import { newId, type ChannelId, type CustomerId, type LinkId, type RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { DeviceMoved } from "../events.ts";
import { limitsNow } from "../limits.ts";
import { customerOf, personRecordsOf, recordsOf } from "../queries/who.ts";
import { areJudgedDifferent, link } from "./link.ts";
import { lockCustomer } from "./provisional.ts";
import { recompute } from "./resolve.ts";
import { recordViolation } from "./violations.ts";

/** Somebody as a channel names them: by its own id. */
export type Sender = { readonly channelId: ChannelId; readonly externalId: string };

/** A customer of so many records gets no more by itself [IDN-6]. */
const MOST_RECORDS = 100;

/** The records of a channel's own ids, in the order given; an id that was never seen gets a provisional record. One statement for all. */
export async function senderRecords(ctx: Pick<Ctx, "db">, senders: readonly Sender[]): Promise<RecordId[]> {
  const { rows } = await sql<{ recordId: RecordId }>`
    select record_id as "recordId" from customers.sender_records(
      ${senders.map(({ channelId }) => channelId)}::uuid[], ${senders.map(({ externalId }) => externalId)}::text[],
      ${senders.map(() => newId<RecordId>())}::uuid[])`.execute(ctx.db);
  return rows.map(({ recordId }) => recordId);
}

/**
 * Binds a visitor's record to the record of the account that they said is theirs: what they did before is on that customer's timeline.
 * A device is bound to one account at a time [IDN-31]: when another signs in on it, that binding ends and the device's id goes over to a
 * record that the next account has of it, so that nothing of one is on the other's timeline, and nobody is joined. A record without an id of
 * the channel, as an anonymous cart's, is no device: the first account keeps it. Answers whether the account has the device now.
 */
export async function bindVisitor(ctx: Ctx, visitor: RecordId, account: RecordId): Promise<boolean> {
  if (visitor === account) return true;
  await lockCustomer(ctx, visitor);
  const [visitorIs, accountIs] = [await customerOf(ctx, visitor), await customerOf(ctx, account)];
  if (visitorIs === accountIs) return true;
  const isBound = visitorIs !== (visitor as string) || (await recordsOf(ctx, visitorIs)).length > 1; // a customer's id is the id of a record
  const own = await recordsOf(ctx, accountIs);
  const device = await deviceOf(ctx, visitor);
  if (isBound) await recordViolation(ctx, account, { kind: "device", rule: "device_of_another", detail: { with: visitor } });
  if (isBound && !device) return false;
  if (own.length >= MOST_RECORDS || (device && (await hasTooManyDevices(ctx, accountIs, device)))) {
    await recordViolation(ctx, account, { kind: "device", rule: "records_per_customer", detail: {} });
    return false;
  }
  const seen = device ? await recordsOfDevice(ctx, device) : [];
  if (await areJudgedDifferent(ctx, [visitor, ...seen], await personRecordsOf(ctx, account))) return false;
  const record = device && isBound ? await handOver(ctx, device, own) : visitor;
  if (device) await keepBinding(ctx, device, record, account);
  await link(ctx, { a: record, b: account, kind: "shared_identifier", evidence: { on: "visitor" }, reason: "same_visitor" });
  return true;
}

/** A device by the channel's own id of it, with the record that has this id now. */
type Device = { readonly channelId: ChannelId; readonly externalId: string; readonly recordId: RecordId };

async function deviceOf(ctx: Ctx, recordId: RecordId): Promise<Device | undefined> {
  const { rows } = await sql<Device>`
    select channel_id as "channelId", external_id as "externalId", id as "recordId" from customers.source_record
     where id = ${recordId} and state = 'provisional' and external_id is not null for update`.execute(ctx.db);
  return rows[0];
}

/** Every record that an account had of this device. */
async function recordsOfDevice({ db }: Ctx, { channelId, externalId }: Device): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    select distinct record_id as id from customers.device_binding where channel_id = ${channelId} and external_id = ${externalId}`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Whether a customer signed in on as many other devices within seven days as an owner lets count as one person's [IDN-29]. */
async function hasTooManyDevices(ctx: Ctx, customerId: CustomerId, { channelId, externalId }: Device): Promise<boolean> {
  const most = (await limitsNow(ctx)).device.valuesPerCustomer;
  const { rows } = await sql`
    select distinct b.channel_id, b.external_id from customers.records_of(${customerId}) own
      join customers.device_binding b on b.account = own and b.bound_from > now() - interval '7 days'
     where (b.channel_id, b.external_id) <> (${channelId}::uuid, ${externalId}) limit ${most}`.execute(ctx.db);
  return rows.length >= most;
}

/** Moves the device's id to the record that this customer had of it before, else to a new one. Publishes `customer.device_moved.v1`. */
async function handOver(ctx: Ctx, { channelId, externalId, recordId }: Device, own: readonly RecordId[]): Promise<RecordId> {
  const { rows } = await sql<{ id: RecordId }>`
    select record_id as id from customers.device_binding
     where channel_id = ${channelId} and external_id = ${externalId} and record_id = any (${[...own]}::uuid[])
     order by bound_from desc limit 1`.execute(ctx.db);
  const next = rows[0]?.id ?? ctx.newId<RecordId>();
  await sql`update customers.source_record set external_id = null where id = ${recordId}`.execute(ctx.db);
  await sql`
    insert into customers.source_record (id, channel_id, external_id, state) values (${next}, ${channelId}, ${externalId}, 'provisional')
    on conflict (id) do update set external_id = excluded.external_id`.execute(ctx.db);
  await publish(ctx, DeviceMoved, `record/${recordId}`, { recordId, toRecordId: next });
  return next;
}

async function keepBinding(ctx: Ctx, { channelId, externalId }: Device, recordId: RecordId, account: RecordId): Promise<void> {
  await sql`
    update customers.device_binding set bound_to = ${ctx.now}
     where channel_id = ${channelId} and external_id = ${externalId} and bound_to is null`.execute(ctx.db);
  await sql`
    insert into customers.device_binding (channel_id, external_id, account, record_id, bound_from)
    values (${channelId}, ${externalId}, ${account}, ${recordId}, ${ctx.now})`.execute(ctx.db);
}

/** Takes a binding back, when a sign-in is undone: the visitor is nobody's again, and may be bound anew. */
export async function releaseVisitor(ctx: Ctx, visitor: RecordId, account: RecordId): Promise<void> {
  const { rows } = await sql<{ id: LinkId }>`
    update customers.link set state = 'withdrawn', withdrawn_at = now()
     where a_record = least(${visitor}::uuid, ${account}::uuid) and b_record = greatest(${visitor}::uuid, ${account}::uuid)
       and state = 'active' and evidence ->> 'on' = 'visitor'
    returning id`.execute(ctx.db);
  await sql`
    update customers.device_binding set bound_to = ${ctx.now} where record_id = ${visitor} and account = ${account} and bound_to is null`.execute(
    ctx.db,
  );
  for (const { id } of rows) await recompute(ctx, [visitor, account], id);
}
