import { newId, type ChannelId, type LinkId, type RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { customerOf, recordsOf } from "../queries/who.ts";
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
 * The first account keeps a device: one that others signed in on later joins nobody [IDN-5]. Answers whether the two are one now.
 */
export async function bindVisitor(ctx: Ctx, visitor: RecordId, account: RecordId): Promise<boolean> {
  if (visitor === account) return true;
  await lockCustomer(ctx, visitor);
  const [visitorIs, accountIs] = [await customerOf(ctx, visitor), await customerOf(ctx, account)];
  if (visitorIs === accountIs) return true;
  const isBound = visitorIs !== (visitor as string) || (await recordsOf(ctx, visitorIs)).length > 1; // a customer's id is the id of a record
  const own = await recordsOf(ctx, accountIs);
  if (isBound) {
    await recordViolation(ctx, account, { kind: "device", rule: "device_of_another", detail: { with: visitor } });
    return false;
  }
  if (own.length >= MOST_RECORDS) {
    await recordViolation(ctx, account, { kind: "device", rule: "records_per_customer", detail: { records: MOST_RECORDS } });
    return false;
  }
  if (await areJudgedDifferent(ctx, [visitor], own)) return false;
  await link(ctx, { a: visitor, b: account, kind: "shared_identifier", evidence: { on: "visitor" }, reason: "same_visitor" });
  return true;
}

/** Takes a binding back, when a sign-in is undone: the visitor is nobody's again, and may be bound anew. */
export async function releaseVisitor(ctx: Ctx, visitor: RecordId, account: RecordId): Promise<void> {
  const { rows } = await sql<{ id: LinkId }>`
    update customers.link set state = 'withdrawn', withdrawn_at = now()
     where a_record = least(${visitor}::uuid, ${account}::uuid) and b_record = greatest(${visitor}::uuid, ${account}::uuid)
       and state = 'active' and evidence ->> 'on' = 'visitor'
    returning id`.execute(ctx.db);
  for (const { id } of rows) await recompute(ctx, [visitor, account], id);
}
