import type { CustomerId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { customerOf } from "../queries/who.ts";

/** A record where nobody is known yet: one row, its own customer until a link says otherwise. The actor is on a channel. */
export async function provisionalRecord(ctx: Ctx): Promise<RecordId> {
  const recordId = ctx.newId<RecordId>();
  await sql`insert into customers.source_record (id, channel_id, state) values (${recordId}, ${ctx.actor.channelId}, 'provisional')`.execute(
    ctx.db,
  );
  return recordId;
}

/** Locks the customer of a record against uniting and splitting, while something that is one per customer is decided [IDN-9]. */
export async function lockCustomer(ctx: Ctx, recordId: RecordId): Promise<void> {
  await sql`select customers.lock_customer(${recordId})`.execute(ctx.db);
}

/** Locks the customers of two records, in the order of their ids, so that nobody judges them or joins them with others meanwhile. */
export async function lockBoth(ctx: Ctx, a: RecordId, b: RecordId): Promise<void> {
  const customers: CustomerId[] = [await customerOf(ctx, a), await customerOf(ctx, b)];
  for (const id of customers.toSorted()) await sql`select customers.lock_customer(${id})`.execute(ctx.db);
}
