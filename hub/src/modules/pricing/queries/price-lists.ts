import type { PriceListView } from "@weft/contracts";
import type { UnitOfMeasure, UnitPrice, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import type { PriceListId, ScopeKey } from "../domain/index.ts";

type ListRow = Omit<PriceListView, "validFrom" | "validTo" | "placeIds" | "groupIds" | "channelIds" | "customerGroups"> & {
  validFrom: Date | null;
  validTo: Date | null;
  scope: { [Key in ScopeKey]?: string[] } | null;
};

/** All price lists as they are stored now, also those that have ended, or one. */
export async function readPriceLists(ctx: Pick<ReadCtx, "db">, id: PriceListId | null = null): Promise<PriceListView[]> {
  const { rows } = await sql<ListRow>`
    select l.id, l.name, l.currency, l.tax_included as "taxIncluded", l.priority, l.valid_from as "validFrom", l.valid_to as "validTo",
           (select count(*)::integer from pricing.price p where p.list_id = l.id) as prices,
           (select json_object_agg(key, scope_values) from (
             select key, json_agg(value order by value) as scope_values from pricing.price_scope s where s.list_id = l.id group by key) as keys) as scope
      from pricing.price_list l where ${id}::uuid is null or l.id = ${id}
     order by l.priority desc, l.name, l.id`.execute(ctx.db);
  return rows.map(({ scope, validFrom, validTo, ...list }) => ({
    ...list,
    validFrom: validFrom?.toISOString() ?? null,
    validTo: validTo?.toISOString() ?? null,
    placeIds: scope?.place ?? [],
    groupIds: scope?.group ?? [],
    channelIds: scope?.channel ?? [],
    customerGroups: scope?.customer_group ?? [],
  }));
}

export type PriceOfList = { readonly variantId: VariantId; readonly minQuantity: number; readonly unitPrice: UnitPrice };

/** The prices of some variants on a list, with their quantity breaks, in the order of the variants. */
export async function pricesOfList(
  ctx: Pick<ReadCtx, "db">,
  listId: PriceListId,
  variantIds: readonly VariantId[],
): Promise<PriceOfList[]> {
  const { rows } = await sql<{
    variantId: VariantId;
    minQuantity: number;
    amount: number;
    scale: number;
    currency: string;
    quantity: number;
    unit: UnitOfMeasure;
  }>`
    select p.variant_id as "variantId", p.min_quantity as "minQuantity", p.amount, p.scale, l.currency, p.per_quantity as quantity, p.per_unit as unit
      from unnest(${[...variantIds]}::uuid[]) with ordinality as wanted (id, nth)
      join pricing.price p on p.list_id = ${listId} and p.variant_id = wanted.id
      join pricing.price_list l on l.id = p.list_id
     order by wanted.nth, p.min_quantity`.execute(ctx.db);
  return rows.map(({ variantId, minQuantity, amount, scale, currency, quantity, unit }) => ({
    variantId,
    minQuantity,
    unitPrice: { amount, scale, currency, per: { quantity, unit } },
  }));
}

/** The variants that a list has prices of. */
export async function variantsOfList(ctx: Pick<ReadCtx, "db">, listId: PriceListId): Promise<ReadonlySet<VariantId>> {
  const { rows } = await sql<{ id: VariantId }>`select distinct variant_id as id from pricing.price where list_id = ${listId}`.execute(
    ctx.db,
  );
  return new Set(rows.map(({ id }) => id));
}
