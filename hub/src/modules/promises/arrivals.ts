import type { BusinessDate, PlaceId, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import type { Arrival } from "./domain/index.ts";

/** Goods of a variant that are on their way to some places with a day on which they are expected, the earliest first. One statement. */
export async function arrivalsAt(
  ctx: Pick<ReadCtx, "db">,
  variantId: VariantId,
  placeIds: readonly PlaceId[],
): Promise<ReadonlyMap<PlaceId, readonly Arrival[]>> {
  if (placeIds.length === 0) return new Map();
  const { rows } = await sql<Arrival & { placeId: PlaceId; on: BusinessDate }>`
    select place_id as "placeId", expected_on::text as "on", quantity from stock.read_arrival
     where variant_id = ${variantId} and place_id = any(${placeIds}::uuid[]) order by expected_on`.execute(ctx.db);
  return Map.groupBy(rows, ({ placeId }) => placeId);
}
