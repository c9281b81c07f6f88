import { type Result, type UnitPrice, type VariantId, err, ok } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { type Price, type PriceList, type PriceListId, emptyScopeKey } from "../domain/index.ts";
import type { PricingError } from "../errors.ts";
import { announce, raiseRevision } from "./revision.ts";
import { toScopeRows } from "./scopes.ts";

/**
 * Adds price lists, or changes those whose id is known; the scope given replaces the one before.
 * Errors: `pricing.scope_empty`, `pricing.list_currency_fixed`. Publishes `pricing.changed.v1`.
 */
export async function savePriceLists(ctx: Ctx, lists: readonly PriceList[]): Promise<Result<{ revision: number }, PricingError>> {
  for (const { id, scope } of lists) {
    const key = emptyScopeKey(scope);
    if (key) return err({ code: "pricing.scope_empty", id, key });
  }
  const revision = await raiseRevision(ctx);
  const fixed = await findFixedCurrency(ctx, lists);
  if (fixed) return err({ code: "pricing.list_currency_fixed", ...fixed });
  await upsertLists(ctx, lists, revision);
  await replaceScopes(ctx, lists);
  await announce(ctx, revision, { what: "lists" });
  return ok({ revision });
}

/** The prices of a list are amounts of its currency, so another currency would change what they mean. */
async function findFixedCurrency(ctx: Ctx, lists: readonly PriceList[]): Promise<{ listId: PriceListId; currency: string } | undefined> {
  const { rows } = await sql<{ listId: PriceListId; currency: string }>`
    select l.id as "listId", l.currency
      from unnest(${lists.map(({ id }) => id)}::uuid[], ${lists.map(({ currency }) => currency)}::text[]) as given (id, currency)
      join pricing.price_list l on l.id = given.id and l.currency <> given.currency
     where exists (select from pricing.price p where p.list_id = l.id)
     limit 1`.execute(ctx.db);
  return rows[0];
}

async function upsertLists(ctx: Ctx, lists: readonly PriceList[], revision: number): Promise<void> {
  await sql`
    insert into pricing.price_list (id, name, currency, tax_included, priority, valid_from, valid_to, prices_at)
    select id, name, currency, tax_included, priority, valid_from, valid_to, ${revision}
      from unnest(
        ${lists.map(({ id }) => id)}::uuid[], ${lists.map(({ name }) => name)}::text[], ${lists.map(({ currency }) => currency)}::text[],
        ${lists.map(({ taxIncluded }) => taxIncluded)}::boolean[], ${lists.map(({ priority }) => priority)}::integer[],
        ${lists.map(({ validFrom }) => validFrom ?? null)}::timestamptz[], ${lists.map(({ validTo }) => validTo ?? null)}::timestamptz[]
      ) as given (id, name, currency, tax_included, priority, valid_from, valid_to)
    on conflict (id) do update set
      name = excluded.name, currency = excluded.currency, tax_included = excluded.tax_included,
      priority = excluded.priority, valid_from = excluded.valid_from, valid_to = excluded.valid_to`.execute(ctx.db);
}

async function replaceScopes(ctx: Ctx, lists: readonly PriceList[]): Promise<void> {
  const { owners, keys, values } = toScopeRows(lists);
  await sql`delete from pricing.price_scope where list_id = any (${lists.map(({ id }) => id)}::uuid[])`.execute(ctx.db);
  await sql`
    insert into pricing.price_scope (list_id, key, value)
    select * from unnest(${owners}::uuid[], ${keys}::text[], ${values}::text[])`.execute(ctx.db);
}

/**
 * Sets prices in bulk, also of several lists at once; a price of the same list, variant and quantity is replaced.
 * Errors: `pricing.list_unknown`, `pricing.price_currency`. Publishes `pricing.changed.v1`.
 */
export async function setPrices(ctx: Ctx, prices: readonly Price[]): Promise<Result<{ revision: number }, PricingError>> {
  const revision = await raiseRevision(ctx);
  const listIds = [...new Set(prices.map(({ listId }) => listId))];
  const refusal = await refusePrices(ctx, listIds, prices);
  if (refusal) return err(refusal);
  await upsertPrices(ctx, prices);
  await markPriced(ctx, listIds, revision);
  await announce(ctx, revision, { what: "prices", listIds });
  return ok({ revision });
}

async function refusePrices(ctx: Ctx, listIds: readonly PriceListId[], prices: readonly Price[]): Promise<PricingError | undefined> {
  const { rows } = await sql<{ id: PriceListId; currency: string }>`
    select id, currency from pricing.price_list where id = any (${listIds}::uuid[])`.execute(ctx.db);
  const currencies = new Map(rows.map(({ id, currency }) => [id, currency]));
  for (const { listId, variantId, unitPrice } of prices) {
    const expected = currencies.get(listId);
    if (expected === undefined) return { code: "pricing.list_unknown", listId };
    if (expected !== unitPrice.currency) return { code: "pricing.price_currency", listId, variantId, expected, given: unitPrice.currency };
  }
  return undefined;
}

async function upsertPrices(ctx: Ctx, prices: readonly Price[]): Promise<void> {
  const column = <T>(of: (price: UnitPrice) => T): T[] => prices.map(({ unitPrice }) => of(unitPrice));
  // `distinct on` with the ordinal: of two prices for the same key in one call the later one counts, as if they came one by one.
  await sql`
    insert into pricing.price (list_id, variant_id, min_quantity, amount, scale, per_quantity, per_unit)
    select distinct on (list_id, variant_id, min_quantity) list_id, variant_id, min_quantity, amount, scale, per_quantity, per_unit
      from unnest(
        ${prices.map(({ listId }) => listId)}::uuid[], ${prices.map(({ variantId }) => variantId)}::uuid[],
        ${prices.map(({ minQuantity }) => minQuantity)}::integer[], ${column(({ amount }) => amount)}::bigint[], ${column(({ scale }) => scale)}::smallint[],
        ${column(({ per }) => per.quantity)}::integer[], ${column(({ per }) => per.unit)}::text[]
      ) with ordinality as given (list_id, variant_id, min_quantity, amount, scale, per_quantity, per_unit, nth)
     order by list_id, variant_id, min_quantity, nth desc
    on conflict (list_id, variant_id, min_quantity) do update set
      amount = excluded.amount, scale = excluded.scale, per_quantity = excluded.per_quantity, per_unit = excluded.per_unit`.execute(ctx.db);
}

async function markPriced(ctx: Ctx, listIds: readonly PriceListId[], revision: number): Promise<void> {
  await sql`update pricing.price_list set prices_at = ${revision} where id = any (${listIds}::uuid[])`.execute(ctx.db);
}

export type PriceKey = { readonly listId: PriceListId; readonly variantId: VariantId; readonly minQuantity: number };

/** Takes prices off their lists: the variant is then sold by the next list, or not at all. What is not there is ignored. Publishes `pricing.changed.v1`. */
export async function removePrices(ctx: Ctx, keys: readonly PriceKey[]): Promise<Result<{ revision: number }, never>> {
  const revision = await raiseRevision(ctx);
  await sql`
    delete from pricing.price p
     using unnest(${keys.map(({ listId }) => listId)}::uuid[], ${keys.map(({ variantId }) => variantId)}::uuid[],
                  ${keys.map(({ minQuantity }) => minQuantity)}::integer[]) as gone (list_id, variant_id, min_quantity)
     where p.list_id = gone.list_id and p.variant_id = gone.variant_id and p.min_quantity = gone.min_quantity`.execute(ctx.db);
  const listIds = [...new Set(keys.map(({ listId }) => listId))];
  await markPriced(ctx, listIds, revision);
  await announce(ctx, revision, { what: "prices", listIds });
  return ok({ revision });
}
