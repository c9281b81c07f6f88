import type { PlaceId, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import type { Level } from "../domain.ts";

type Reader = Pick<ReadCtx, "db">;

/** Levels of some variants at some places, one statement for all of them: the figures of now [STK-4]. Without places: everywhere. */
export async function levelsOf(ctx: Reader, variantIds: readonly VariantId[], placeIds: readonly PlaceId[] | null): Promise<Level[]> {
  const { rows } = await sql<Level>`
    select variant_id as "variantId", place_id as "placeId", on_hand as "onHand", allocated, held, safety, available
      from stock.read_available
     where variant_id = any (${variantIds}::uuid[]) and (${placeIds}::uuid[] is null or place_id = any (${placeIds}::uuid[]))`.execute(
    ctx.db,
  );
  return rows;
}

export type LevelPage = {
  /** The variants in the order of the list. */
  readonly variantIds: readonly VariantId[];
  /** Null: all places. */
  readonly placeIds: readonly PlaceId[] | null;
  /** Only levels with at most this many units available. */
  readonly atMost: number | null;
  readonly after: { readonly variantId: VariantId; readonly placeId: PlaceId } | null;
  readonly limit: number;
};

/** Levels in the order of the variants given, then by place: a page of a list that others have sorted. */
export async function levelPage(ctx: Reader, { variantIds, placeIds, atMost, after, limit }: LevelPage): Promise<Level[]> {
  const start = after ? Math.max(0, variantIds.indexOf(after.variantId)) : 0;
  const { rows } = await sql<Level>`
    select a.variant_id as "variantId", a.place_id as "placeId", a.on_hand as "onHand", a.allocated, a.held, a.safety, a.available
      from unnest(${variantIds.slice(start)}::uuid[]) with ordinality as wanted (id, nth)
      join stock.read_available a on a.variant_id = wanted.id
     where (${placeIds}::uuid[] is null or a.place_id = any (${placeIds}::uuid[])) and (${atMost}::integer is null or a.available <= ${atMost})
       and (${after?.placeId ?? null}::uuid is null or wanted.nth > 1 or a.place_id > ${after?.placeId ?? null})
     order by wanted.nth, a.place_id limit ${limit}`.execute(ctx.db);
  return rows;
}
