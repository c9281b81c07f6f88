import type { BoughtBeforeView } from "@weft/contracts";
import type { PlaceId, RecordId, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import { channelsCarrying, standpointOf } from "../../modules/channels/index.ts";
import { catalogSnapshot, fullName } from "../../modules/catalog/index.ts";
import { idList, type ReadCtx } from "../../platform/index.ts";
import type { SoldTogether } from "./suggest.ts";

/** An adviser asks what somebody bought lately, not for their life. */
const ORDERS_READ = 100;
const MOST_BOUGHT = 24;

export type Bought = {
  readonly sku: string;
  readonly days: readonly string[];
  readonly lastAt: Date;
  readonly lastPlaceId: PlaceId | null;
  readonly options: BoughtBeforeView["options"];
};

/** What a customer bought in their last hundred orders that are carried here [ORD-7], the newest first. One statement. */
export async function boughtBy(ctx: ReadCtx, recordIds: readonly RecordId[]): Promise<Bought[]> {
  const channelIds = await channelsCarrying(ctx, standpointOf(ctx), "order");
  const { rows } = await sql<Bought>`
    select l.sku, array_agg(distinct o.business_date::text) as days, max(o.placed_at) as "lastAt",
           (array_agg(o.place_id order by o.placed_at desc))[1] as "lastPlaceId", (jsonb_agg(l.options order by o.placed_at desc)) -> 0 as options
      from (select id, place_id, placed_at, business_date from orders.read_day
             where record_id = any (${idList(recordIds)}) and state <> 'canceled'
               and (${channelIds === null} or channel_id = any (${[...(channelIds ?? [])]}::uuid[]))
             order by placed_at desc limit ${ORDERS_READ}) o
      join orders.read_line l on l.order_id = o.id
     where l.kind = 'goods' and l.ordered > l.canceled + l.returned
     group by l.sku order by 3 desc, l.sku limit ${MOST_BOUGHT}`.execute(ctx.db);
  return rows;
}

/** Whether anything may be worked out from what somebody bought: whoever said no to profiling on one channel said it for all of them [IDN-23]. */
export async function mayBeAnalyzed(ctx: ReadCtx, recordIds: readonly RecordId[]): Promise<boolean> {
  const { rows } = await sql<{ isRefused: boolean }>`
    select coalesce(bool_or(customers.is_unprofiled(r.id)), false) as "isRefused" from unnest(${idList(recordIds)}) r (id)`.execute(ctx.db);
  return rows[0]?.isRefused !== true;
}

/** Enough to see what goes together, and read in some milliseconds. */
const SALES_READ = 1000;

/** How often other goods were in one sale with those of a cart, in the last thousand sales of a place [ADV-2]. One statement. */
export async function soldTogether(ctx: ReadCtx, placeId: PlaceId, skus: readonly string[]): Promise<SoldTogether[]> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const inCart = skus.flatMap((sku): VariantId[] => {
    const found = catalog.variantOfSku(sku);
    return found ? [found.variant.id] : [];
  });
  if (inCart.length === 0) return [];
  type Row = Omit<SoldTogether, "withName" | "withSku" | "sku"> & { readonly withId: VariantId; readonly variantId: VariantId };
  const { rows } = await sql<Row>`
    with sale as materialized (
      select id from orders.read_day where place_id = ${placeId} and state <> 'canceled' order by placed_at desc limit ${SALES_READ}),
    sold as materialized (
      select distinct l.order_id, l.variant_id from sale join orders.read_line l on l.order_id = sale.id
       where l.kind = 'goods' and l.variant_id is not null),
    often as (select variant_id, count(*)::integer as times from sold group by variant_id)
    select a.variant_id as "withId", b.variant_id as "variantId", count(*)::integer as together, min(x.times) as "salesWith",
           min(y.times) as "salesOf", (select count(*)::integer from sale) as sales
      from sold a join sold b on b.order_id = a.order_id
      join often x on x.variant_id = a.variant_id join often y on y.variant_id = b.variant_id
     where a.variant_id = any (${idList(inCart)}) and b.variant_id <> all (${idList(inCart)})
     group by a.variant_id, b.variant_id`.execute(ctx.db);
  return rows.flatMap(({ withId, variantId, ...counts }) => {
    const [one, other] = [catalog.variantOf(withId), catalog.variantOf(variantId)];
    if (!one || !other || other.product.kind === "service") return [];
    const withName = fullName(one.product.name, one.variant.name);
    return [{ ...counts, withSku: one.variant.sku, withName, sku: other.variant.sku }];
  });
}
