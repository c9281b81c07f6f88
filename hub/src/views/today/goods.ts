import type { TodayGoodsView } from "@weft/contracts";
import type { PlaceId, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import { catalogSnapshot, fullName } from "../../modules/catalog/index.ts";
import type { Scope } from "../../modules/places/index.ts";
import type { ReadCtx } from "../../platform/index.ts";

/** More rows than this are a list to work through, which is the screen of the stock. */
const MOST_ROWS = 30;

type Low = { readonly variantId: VariantId; readonly placeId: PlaceId; readonly available: number; readonly lowAt: number | null };
type Answer = { readonly arriving: number; readonly counting: number; readonly lowCount: number; readonly low: readonly Low[] | null };

/** Goods on their way to the places of a scope, counts that go on there, and watched levels that run out, the emptiest first; one statement. */
export async function readGoods(ctx: Pick<ReadCtx, "db" | "now" | "snapshots">, { places }: Scope): Promise<TodayGoodsView> {
  const { rows } = await sql<Answer>`
    with scope as (select place_id from unnest(${places.map(({ id }) => id)}::uuid[]) s (place_id)),
    low as materialized (
      select l.variant_id as "variantId", l.place_id as "placeId", greatest(0, l.available) as available, l.low_at as "lowAt"
        from scope s join stock.read_low l on l.place_id = s.place_id)
    select (select count(*)::integer from scope s join stock.read_open_document d on d.place_id = s.place_id where d.kind = 'transfer') as arriving,
           (select count(*)::integer from scope s join stock.read_open_document d on d.place_id = s.place_id where d.kind = 'count') as counting,
           (select count(*)::integer from low) as "lowCount",
           (select json_agg(l) from (select * from low order by available, "placeId", "variantId" limit ${MOST_ROWS}) l) as low`.execute(
    ctx.db,
  );
  const { arriving, counting, lowCount, low } = rows[0] ?? { arriving: 0, counting: 0, lowCount: 0, low: null };
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const names = new Map(places.map(({ id, name }) => [id, name]));
  return {
    at: ctx.now.toISOString(),
    arriving,
    counting,
    lowCount,
    low: (low ?? []).map(({ variantId, placeId, available, lowAt }) => {
      const goods = catalog.variantOf(variantId);
      return {
        sku: goods?.variant.sku ?? "",
        name: goods ? fullName(goods.product.name, goods.variant.name) : { en: "" },
        placeId,
        placeName: names.get(placeId) ?? "",
        available,
        lowAt,
      };
    }),
  };
}
