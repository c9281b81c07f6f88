import type { StockConflictView, StockMovementView } from "@weft/contracts";
import type { PlaceId, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";

type Reader = Pick<ReadCtx, "db">;

export type Movement = Omit<StockMovementView, "at"> & { readonly at: Date };

/** Movements, newest first; an id is newer the higher it is. */
export async function movementPage(
  ctx: Reader,
  {
    variantId,
    placeIds,
    before,
    limit,
  }: {
    readonly variantId: VariantId | null;
    readonly placeIds: readonly PlaceId[] | null;
    readonly before: string | null;
    readonly limit: number;
  },
): Promise<Movement[]> {
  const { rows } = await sql<Movement>`
    select id, at, kind, variant_id as "variantId", place_id as "placeId", quantity, cause_type as "causeType", cause_id::text as "causeId",
           actor_name as "actorName", reason
      from stock.movement
     where (${variantId}::uuid is null or variant_id = ${variantId}) and (${placeIds}::uuid[] is null or place_id = any (${placeIds}::uuid[]))
       and (${before}::uuid is null or id < ${before})
     order by id desc limit ${limit}`.execute(ctx.db);
  return rows;
}

export type Conflict = Omit<StockConflictView, "at" | "sku" | "variantId" | "placeId"> & {
  readonly at: Date;
  readonly variantId: VariantId;
  readonly placeId: PlaceId;
};

/** Promises that cannot be kept, newest first. */
export async function conflictPage(
  ctx: Reader,
  {
    state,
    placeIds,
    before,
    limit,
  }: {
    readonly state: "open" | "resolved";
    readonly placeIds: readonly PlaceId[] | null;
    readonly before: string | null;
    readonly limit: number;
  },
): Promise<Conflict[]> {
  const { rows } = await sql<Conflict>`
    select id, at, variant_id as "variantId", place_id as "placeId", missing, cause_type as "causeType", cause_id::text as "causeId",
           reason, case when resolved_at is null then 'open' else 'resolved' end as state
      from stock.conflict
     where (resolved_at is null) = (${state} = 'open') and (${placeIds}::uuid[] is null or place_id = any (${placeIds}::uuid[]))
       and (${before}::uuid is null or id < ${before})
     order by id desc limit ${limit}`.execute(ctx.db);
  return rows;
}
