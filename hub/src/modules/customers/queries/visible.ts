import type { ChannelId, RecordId } from "@weft/kernel";
import { sql, type RawBuilder } from "kysely";
import { idList, type ReadCtx } from "../../../platform/index.ts";
import { answersForAll } from "../../access/index.ts";
import { channelsCarrying, standpointOf, type Proof } from "../../channels/index.ts";

/**
 * The channels whose people this caller may see, null for all [IDN-19]: its own for a secret key; for staff and tills those from which
 * identity is carried to the channel they stand on. Customers are bound to themselves, elsewhere. In memory: no statement.
 */
export async function channelsSeen(ctx: Pick<ReadCtx, "actor" | "snapshots">, proof: Proof = "none"): Promise<readonly ChannelId[] | null> {
  const { actor } = ctx;
  if (actor.kind === "secret" && actor.staff === null) return actor.channelId ? [actor.channelId] : [];
  if ((!actor.staff && !actor.device) || answersForAll(actor)) return null;
  return channelsCarrying(ctx, standpointOf(ctx), "identity", proof);
}

/** Whether a customer has a record on one of these channels: null stands for all. */
export function isOnChannels(customer: RawBuilder<unknown>, channels: readonly ChannelId[] | null): RawBuilder<boolean> {
  if (channels === null) return sql`true`;
  const own = idList(channels);
  // Most customers have the record that they are named by on such a channel: one look-up by key instead of a walk over their records. Not as
  // `exists`, which the planner may answer from a hash of all records of these channels: seconds among a million.
  return sql`(coalesce((select s.channel_id from customers.source_record s where s.id = ${customer}) = any (${own}), false)
    or exists (select from customers.records_of(${customer}) own join customers.source_record s on s.id = own where s.channel_id = any (${own})))`;
}

/** Whether this caller may see the customer of a record by the levels, and by what is shown [IDN-19]: no statement while no channel is set apart. */
export async function isSeen(
  ctx: Pick<ReadCtx, "db" | "actor" | "snapshots">,
  recordIds: readonly RecordId[],
  proof: Proof = "none",
): Promise<boolean> {
  const channels = await channelsSeen(ctx, proof);
  if (channels === null) return true;
  const { rows } = await sql`
    select 1 from customers.source_record where id = any (${idList(recordIds)}) and channel_id = any (${idList(channels)}) limit 1`.execute(
    ctx.db,
  );
  return rows.length > 0;
}
