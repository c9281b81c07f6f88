import type { ChannelId, OrderId, PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";

/** An order as far as it takes to decide who may see it. */
export type NumberedOrder = {
  readonly id: OrderId;
  readonly channelId: ChannelId;
  readonly placeId: PlaceId | null;
  readonly recordId: RecordId | null;
};

/** The order of exactly this number, as it stands on a receipt or a message: `W-10023`. */
export async function orderByNumber(ctx: Pick<ReadCtx, "db">, number: string): Promise<NumberedOrder | undefined> {
  const { rows } = await sql<NumberedOrder>`
    select id, channel_id as "channelId", place_id as "placeId", record_id as "recordId" from orders.orders where number = ${number}`.execute(
    ctx.db,
  );
  return rows[0];
}
