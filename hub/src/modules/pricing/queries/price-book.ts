import type { VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Db } from "../../../platform/index.ts";
import { assembleSnapshot, compilePriceTables, type Price, type PricingSnapshot } from "../domain/index.ts";
import { readSettings, type PriceRow } from "./load-snapshot.ts";
import type { Settings } from "./rows.ts";

/** Prices as they are stored, a page of variants at a time, for who holds what is shown against the tables and has not all of them in memory. */
export type PriceBook = { readonly of: (variantIds: readonly VariantId[]) => Promise<PricingSnapshot> };

/** More changes than may fall between two statements before something is wrong. */
const MOST_TRIES = 20;

/** Lists, rates and promotions are read once, and again after a change; prices with one statement for each page. */
export function openPriceBook(db: Db): PriceBook {
  let known: Settings | undefined;
  return {
    async of(variantIds) {
      for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
        const settings = (known ??= await readSettings(db));
        const { revision, prices } = await pricesOf(db, settings, variantIds);
        const { lists } = settings;
        if (revision === settings.revision) return assembleSnapshot({ ...settings, lists }, compilePriceTables(prices));
        known = undefined;
      }
      throw new Error("prices change faster than they can be read");
    },
  };
}

async function pricesOf(
  db: Db,
  { lists }: Settings,
  variantIds: readonly VariantId[],
): Promise<{ revision: number | undefined; prices: Price[] }> {
  // The revision stands on every row, and on one without a price when there are none, so that it is of the same moment.
  const { rows } = await sql<{ revision: number } & (PriceRow | { [Key in keyof PriceRow]: null })>`
    select r.revision, p.list_id, p.variant_id, p.min_quantity, p.amount, p.scale, p.per_quantity, p.per_unit
      from pricing.revision r left join pricing.price p on p.variant_id = any (${[...variantIds]}::uuid[])`.execute(db);
  const currencies = new Map(lists.map(({ id, currency }) => [id, currency]));
  const prices = rows.flatMap((row): Price[] => {
    const currency = row.list_id === null ? undefined : currencies.get(row.list_id);
    if (row.list_id === null || currency === undefined) return [];
    const { list_id: listId, variant_id: variantId, min_quantity: minQuantity, amount, scale } = row;
    const unitPrice = { amount, scale, currency, per: { quantity: row.per_quantity, unit: row.per_unit } };
    return [{ listId, variantId, minQuantity, unitPrice }];
  });
  return { revision: rows[0]?.revision, prices };
}
