import type { BusinessDate, PlaceId, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";

export type AskedLine = {
  readonly orderLineId: string;
  readonly orderId: string;
  readonly variantId: VariantId;
  readonly fromPlaceId: PlaceId;
  readonly placeId: PlaceId;
  readonly quantity: number;
  readonly dueOn: BusinessDate;
  readonly askedAt: Date;
};

/** More is sent in several goes. */
const MOST = 500;

/** What orders have asked some places for and was not sent yet, the earliest promise first; null is every place. */
export async function askedLines(ctx: Pick<ReadCtx, "db">, placeIds: readonly PlaceId[] | null): Promise<AskedLine[]> {
  const { rows } = await sql<AskedLine>`
    select order_line_id as "orderLineId", order_id as "orderId", variant_id as "variantId", from_place_id as "fromPlaceId",
           to_place_id as "placeId", quantity, due_on::text as "dueOn", asked_at as "askedAt"
      from stock.asked where ${placeIds === null ? sql`true` : sql`from_place_id = any(${placeIds}::uuid[])`}
     order by due_on, to_place_id, asked_at, order_line_id limit ${MOST}`.execute(ctx.db);
  return rows;
}
