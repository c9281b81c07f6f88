import type { Locale } from "@weft/contracts";
import type { CategoryId, PlaceId, ProductId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";

export type ProductSearch = {
  readonly text: string;
  readonly locale: Locale;
  readonly categoryIds: readonly CategoryId[] | null;
  /** Only what is sold there. */
  readonly placeId: PlaceId | null;
  /** The last hit of the page before. */
  readonly after: ProductHit | null;
  readonly limit: number;
};

/** `stage` 0: the text is in the name, 1: in the description, 2: after mending typing errors. */
export type ProductHit = { readonly productId: ProductId; readonly stage: number; readonly popularity: number };

/** Products that fit a text, the best stage first, then by popularity. One statement. */
export async function searchProducts(ctx: Pick<ReadCtx, "db">, search: ProductSearch): Promise<ProductHit[]> {
  const { text, locale, categoryIds, placeId, after, limit } = search;
  const { rows } = await sql<ProductHit>`
    select product_id as "productId", stage, popularity
      from catalog.search(${text}, ${locale}, ${categoryIds}::uuid[], ${placeId}::uuid, ${after?.stage ?? null}, ${after?.popularity ?? null},
                          ${after?.productId ?? null}, ${limit})`.execute(ctx.db);
  return rows;
}
