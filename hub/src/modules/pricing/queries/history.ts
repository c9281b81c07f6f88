import type { PromotionTermsView } from "@weft/contracts";
import type { UnitOfMeasure, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Db } from "../../../platform/index.ts";
import { type PastPrice, type PriceListId, type Promotion, type PromotionId, earliest, latest } from "../domain/index.ts";
import { toPromotion } from "../terms.ts";
import type { Settings } from "./rows.ts";

const DAY_MS = 86_400_000;
/** The lowest price of so many days before a reduction is shown [PRC-20]; a day more for the hour at which it began. */
const DAYS = 31;

type History = { readonly pastPrices: readonly PastPrice[]; readonly pastPromotions: readonly Promotion[] };

/**
 * Prices and promotions that held before those in force, back to 30 days before the oldest reduction that is shown now. Without promotions nothing
 * is shown as reduced, and nothing is asked.
 */
export async function readHistory(db: Db, { promotions, lists }: Settings): Promise<History> {
  if (promotions.length === 0) return { pastPrices: [], pastPromotions: [] };
  const begins = promotions.flatMap(({ since, validFrom }) => latest(since ?? null, validFrom ?? null) ?? []);
  const oldest = Math.min(Date.now(), ...begins.map((at) => at.getTime()));
  const horizon = new Date(oldest - DAYS * DAY_MS);
  const currencies = new Map(lists.map(({ id, currency }) => [id, currency]));
  return { pastPrices: await readPrices(db, horizon, currencies), pastPromotions: await readPromotions(db, horizon) };
}

type PriceRow = {
  readonly listId: PriceListId;
  readonly variantId: VariantId;
  readonly until: Date;
  readonly amount: number;
  readonly scale: number;
  readonly quantity: number;
  readonly unit: UnitOfMeasure;
};

async function readPrices(db: Db, horizon: Date, currencies: ReadonlyMap<PriceListId, string>): Promise<PastPrice[]> {
  const { rows } = await sql<PriceRow>`
    select list_id as "listId", variant_id as "variantId", until, amount, scale, per_quantity as quantity, per_unit as unit
      from pricing.past_price where until > ${horizon}`.execute(db);
  return rows.flatMap(({ listId, variantId, until, amount, scale, quantity, unit }) => {
    const currency = currencies.get(listId);
    return currency === undefined ? [] : [{ listId, variantId, until, unitPrice: { amount, scale, currency, per: { quantity, unit } } }];
  });
}

type PromotionRow = {
  readonly id: PromotionId;
  readonly version: number;
  readonly terms: PromotionTermsView;
  readonly at: Date;
  readonly replacedAt: Date | null;
};

async function readPromotions(db: Db, horizon: Date): Promise<Promotion[]> {
  const { rows } = await sql<PromotionRow>`
    select * from (
      select promotion_id as id, version, terms, at, lead(at) over (partition by promotion_id order by version) as "replacedAt"
        from pricing.promotion_version) as versions
     where "replacedAt" > ${horizon}
        or ("replacedAt" is null and (terms ->> 'validTo')::timestamptz > ${horizon} and (terms ->> 'validTo')::timestamptz <= now())`.execute(
    db,
  );
  return rows.map(({ id, version, terms, at, replacedAt }) => {
    const promotion = toPromotion(id, version, terms, false);
    const validFrom = latest(promotion.validFrom ?? null, at);
    const validTo = earliest(promotion.validTo ?? null, replacedAt);
    return { ...promotion, ...(validFrom && { validFrom }), ...(validTo && { validTo }) };
  });
}
