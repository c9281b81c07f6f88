import type { UnitOfMeasure, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Db } from "../../../platform/index.ts";
import {
  type Price,
  type PriceListId,
  type PriceTable,
  type PricingSnapshot,
  assembleSnapshot,
  compilePriceTables,
} from "../domain/index.ts";
import { readHistory } from "./history.ts";
import { type Settings, type SettingsRow, type StoredList, toSettings } from "./rows.ts";

/** A snapshot with what it takes to load the next one cheaply: for each list the revision of its latest price. */
export type LoadedPricing = { readonly snapshot: PricingSnapshot; readonly pricesAt: ReadonlyMap<PriceListId, number> };

/** An offer stands half a year at most, and so does what it promises. */
const LONGEST_PROMISE_DAYS = 181;

/** More changes than may fall between two statements before something is wrong. */
const MOST_TRIES = 20;

/**
 * Loads prices, rates and codes as they were at one revision, in two statements, and where promotions are in force what was before them. Price tables of lists that did not change since
 * `previous` are kept, so a change of one list does not read the prices of all.
 */
export async function loadPricing(db: Db, previous?: LoadedPricing): Promise<LoadedPricing> {
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const settings = await readSettings(db);
    const changed = settings.lists.filter((list) => previous?.pricesAt.get(list.id) !== list.pricesAt);
    const history = await readHistory(db, settings);
    const { revision, prices } = await readPrices(db, changed);
    // A change came between the two statements: what was read belongs to no revision.
    if (revision === settings.revision) return assemble({ ...settings, ...history }, prices, previous);
  }
  throw new Error("prices change faster than they can be read");
}

function assemble(settings: Settings, prices: readonly Price[], previous: LoadedPricing | undefined): LoadedPricing {
  const fresh = compilePriceTables(prices);
  const kept = new Map(previous?.snapshot.lists.map((list) => [list.id, list]));
  const tables = new Map<PriceListId, PriceTable>();
  for (const { id, pricesAt } of settings.lists) {
    const table = previous?.pricesAt.get(id) === pricesAt ? kept.get(id)?.prices : fresh.get(id);
    if (table) tables.set(id, table);
  }
  const lists = settings.lists.map(({ pricesAt: _, ...list }) => list);
  return {
    snapshot: assembleSnapshot({ ...settings, lists }, tables),
    pricesAt: new Map(settings.lists.map((list) => [list.id, list.pricesAt])),
  };
}

/** One statement, and so one moment, for everything but the prices. */
export async function readSettings(db: Db): Promise<Settings> {
  const { rows } = await sql<SettingsRow>`
    with list_scope as (
      select list_id, json_object_agg(key, scope_values) as scope
        from (select list_id, key, json_agg(value order by value) as scope_values from pricing.price_scope group by list_id, key) as keys
       group by list_id
    ), code_scope as (
      select code_id, json_object_agg(key, scope_values) as scope
        from (select code_id, key, json_agg(value order by value) as scope_values from pricing.code_scope group by code_id, key) as keys
       group by code_id
    )
    select r.revision,
      (select coalesce(json_agg(lists), '[]') from (
        select l.*, s.scope from pricing.price_list l left join list_scope s on s.list_id = l.id) as lists) as lists,
      (select coalesce(json_agg(rates), '[]') from pricing.tax_rate as rates) as tax_rates,
      (select coalesce(json_agg(codes), '[]') from (
        select c.*, s.scope from pricing.code c left join code_scope s on s.code_id = c.id) as codes) as codes,
      (select coalesce(json_agg(promotions), '[]') from (
        select p.id, p.version, p.is_used_up, v.terms, pricing.unchanged_since(p.id, p.version) as since
          from pricing.promotion p join pricing.promotion_version v on v.promotion_id = p.id and v.version = p.version
         where v.terms ->> 'validTo' is null or (v.terms ->> 'validTo')::timestamptz > now()) as promotions) as promotions,
      (select coalesce(json_agg(earlier), '[]') from (
        select v.promotion_id as id, v.version, p.is_used_up, v.terms
          from pricing.promotion_version v join pricing.promotion p on p.id = v.promotion_id
          left join pricing.promotion_version n on n.promotion_id = v.promotion_id and n.version = v.version + 1
         where least(n.at, (v.terms ->> 'validTo')::timestamptz) between now() - make_interval(days => ${LONGEST_PROMISE_DAYS}::integer) and now()
        ) as earlier) as earlier,
      (select coalesce(json_agg(policies), '[]') from pricing.rounding_policy as policies) as policies,
      (select coalesce(json_agg(deposits), '[]') from (
        select d.code, d.name,
               (select coalesce(json_agg(a order by a.country, a.currency), '[]') from pricing.deposit_amount a where a.deposit_code = d.code) as amounts,
               array(select g.variant_id from pricing.deposit_goods g where g.deposit_code = d.code order by 1) as goods
          from pricing.deposit d order by d.code) as deposits) as deposits
      from pricing.revision r`.execute(db);
  const [row] = rows;
  if (!row) throw new Error("pricing.revision has lost its row");
  return toSettings(row);
}

export type PriceRow = {
  list_id: PriceListId;
  variant_id: VariantId;
  min_quantity: number;
  amount: number;
  scale: number;
  per_quantity: number;
  per_unit: UnitOfMeasure;
};

async function readPrices(db: Db, lists: readonly StoredList[]): Promise<{ revision: number | undefined; prices: Price[] }> {
  // The revision stands on every row, and on one without a price when there are none, so that it is of the same moment.
  const { rows } = await sql<{ revision: number } & (PriceRow | { [Key in keyof PriceRow]: null })>`
    select r.revision, p.list_id, p.variant_id, p.min_quantity, p.amount, p.scale, p.per_quantity, p.per_unit
      from pricing.revision r left join pricing.price p on p.list_id = any (${lists.map(({ id }) => id)}::uuid[])`.execute(db);
  const currencies = new Map(lists.map(({ id, currency }) => [id, currency]));
  const prices = rows.flatMap((row): Price[] => {
    const currency = row.list_id === null ? undefined : currencies.get(row.list_id);
    if (row.list_id === null || currency === undefined) return [];
    const { list_id: listId, variant_id: variantId, min_quantity: minQuantity, amount, scale } = row;
    return [
      { listId, variantId, minQuantity, unitPrice: { amount, scale, currency, per: { quantity: row.per_quantity, unit: row.per_unit } } },
    ];
  });
  return { revision: rows[0]?.revision, prices };
}
