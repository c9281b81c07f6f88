import type { UnitOfMeasure, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Db } from "../../../platform/index.ts";
import { compilePastPrices, PRIOR_DAYS, type PriceHistory, type PriceListId, type PricingSnapshot } from "../domain/index.ts";

type Row = {
  readonly listId: PriceListId;
  readonly variantId: VariantId;
  readonly until: Date;
  readonly amount: number;
  readonly scale: number;
  readonly quantity: number;
  readonly unit: UnitOfMeasure;
};

/** What some goods cost in the 30 days before a time. The snapshot knows as much only where a promotion shows a price as reduced. */
export async function pricesSince(
  db: Db,
  lists: PricingSnapshot["lists"],
  variantIds: readonly VariantId[],
  before: Date,
): Promise<PriceHistory["prices"]> {
  const { rows } = await sql<Row>`
    select list_id as "listId", variant_id as "variantId", until, amount, scale, per_quantity as quantity, per_unit as unit
      from pricing.past_price
     where variant_id = any(${[...variantIds]}::uuid[]) and until > ${before}::timestamptz - make_interval(days => ${PRIOR_DAYS})`.execute(
    db,
  );
  const currencies = new Map(lists.map(({ id, currency }) => [id, currency]));
  return compilePastPrices(
    rows.flatMap(({ listId, variantId, until, amount, scale, quantity, unit }) => {
      const currency = currencies.get(listId);
      return currency === undefined ? [] : [{ listId, variantId, until, unitPrice: { amount, scale, currency, per: { quantity, unit } } }];
    }),
  );
}
