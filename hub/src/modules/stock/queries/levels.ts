import type { PlaceId, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import type { AheadTerms, Level } from "../domain/index.ts";

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

/** A level as a list shows it. */
export type ListedLevel = Level & {
  /** On the way to the place. */
  readonly incoming: number;
  /** From how few available units on it is to be filled up; null: the house's few. */
  readonly lowAt: number | null;
  /** On which terms it is sold before it is there. */
  readonly ahead: (Pick<AheadTerms, "kind" | "most" | "comesOn" | "inDays"> & { readonly waiting: number }) | null;
};

export type LevelPage = {
  /** The variants in the order of the list. */
  readonly variantIds: readonly VariantId[];
  /** Null: all places. */
  readonly placeIds: readonly PlaceId[] | null;
  /** Only levels that run out: at or below their own mark, or below this many units where they have none. */
  readonly lowUnits: number | null;
  readonly after: { readonly variantId: VariantId; readonly placeId: PlaceId } | null;
  readonly limit: number;
};

/** Levels in the order of the variants given, then by place: a page of a list that others have sorted. */
export async function levelPage(ctx: Reader, { variantIds, placeIds, lowUnits, after, limit }: LevelPage): Promise<ListedLevel[]> {
  const start = after ? Math.max(0, variantIds.indexOf(after.variantId)) : 0;
  const { rows } = await sql<ListedLevel>`
    select a.variant_id as "variantId", a.place_id as "placeId", a.on_hand as "onHand", a.allocated, a.held, a.safety, a.available,
           l.low_at as "lowAt", coalesce(i.quantity, 0) as incoming,
           case when s.kind is not null then jsonb_build_object('kind', s.kind, 'most', s.most, 'waiting', s.taken, 'comesOn', s.comes_on, 'inDays', s.in_days) end as ahead
      from unnest(${variantIds.slice(start)}::uuid[]) with ordinality as wanted (id, nth)
      join stock.read_available a on a.variant_id = wanted.id
      join stock.level l on l.variant_id = a.variant_id and l.place_id = a.place_id
      left join stock.read_incoming i on i.variant_id = a.variant_id and i.place_id = a.place_id
      left join stock.ahead s on s.variant_id = a.variant_id and s.place_id = a.place_id
     where (${placeIds}::uuid[] is null or a.place_id = any (${placeIds}::uuid[]))
       and (${lowUnits}::integer is null or a.available <= coalesce(l.low_at, ${lowUnits}))
       and (${after?.placeId ?? null}::uuid is null or wanted.nth > 1 or a.place_id > ${after?.placeId ?? null})
     order by wanted.nth, a.place_id limit ${limit}`.execute(ctx.db);
  return rows;
}

/** What is on hand of some variants at a place; those without a level are not in the answer. */
export async function onHandOf(ctx: Reader, placeId: PlaceId, variantIds: readonly VariantId[]): Promise<Map<VariantId, number>> {
  const { rows } = await sql<{ variantId: VariantId; onHand: number }>`
    select variant_id as "variantId", on_hand as "onHand" from stock.level
     where variant_id = any (${variantIds}::uuid[]) and place_id = ${placeId}`.execute(ctx.db);
  return new Map(rows.map(({ variantId, onHand }) => [variantId, onHand]));
}
