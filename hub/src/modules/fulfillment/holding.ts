import type { LocalizedText } from "@weft/contracts";
import type { FulfillmentId, OrderId, PlaceId, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { catalogSnapshot, type Catalog } from "../catalog/index.ts";

/** A part of an order that nobody has begun with, and what of it cannot be made any more. */
export type HoldingPart = { readonly fulfillmentId: FulfillmentId; readonly orderId: OrderId; readonly name: LocalizedText };

/**
 * The parts of orders at a place that something is to be made for which is sold out there now, itself or by an option [FUL-71]. What is counted and was
 * put aside for an order is there, so that nothing is said of it. One statement.
 */
export async function partsHolding(
  ctx: Pick<ReadCtx, "db" | "snapshots">,
  placeId: PlaceId,
  variantId: VariantId,
): Promise<readonly HoldingPart[]> {
  const options = optionsOf(await ctx.snapshots.current(catalogSnapshot), variantId);
  const { rows } = await sql<HoldingPart>`
    select distinct on (f.id) f.id as "fulfillmentId", f.order_id as "orderId", l.name
      from fulfillment.fulfillment f join fulfillment.fulfillment_line fl on fl.fulfillment_id = f.id
      join orders.read_line l on l.id = fl.order_line_id and l.kind = 'goods'
     where f.place_id = ${placeId} and f.done_at is null and f.kind <> 'ship' and f.state in ('planned', 'assigned', 'accepted') and f.awaits_on is null
       and l.allocated = 0
       and (l.variant_id = ${variantId} or exists (
         select from jsonb_to_recordset(${JSON.stringify(options)}::jsonb) as sold(sku text, "group" text, value text)
          where sold.sku = l.sku and l.options @> jsonb_build_array(jsonb_build_object('group', sold."group", 'value', sold.value))))
     order by f.id, l.position`.execute(ctx.db);
  return rows;
}

/** The options of goods that are made of a variant: sold out with it. */
function optionsOf({ products }: Catalog, variantId: VariantId): { sku: string; group: string; value: string }[] {
  return [...products.values()].flatMap(({ variants, optionGroups }) =>
    optionGroups.flatMap(({ code: group, values }) =>
      values.flatMap(({ code: value, variantId: made }) => (made === variantId ? variants.map(({ sku }) => ({ sku, group, value })) : [])),
    ),
  );
}
