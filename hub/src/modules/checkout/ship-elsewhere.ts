import { asId, type BusinessDate, type LineId, type PlaceId, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { fulfillmentsOf, type LineUnits, type Shipment, type UnitsDecision, type WholeFulfillment } from "../fulfillment/index.ts";
import { methodsOf, shipmentFor, shippingPlace, shippingPromise, type DeliveryMethodId, type ShippedWish } from "../promises/index.ts";

/** A place that serves units instead of another, and when. */
export type Elsewhere = {
  readonly placeId: PlaceId;
  readonly units: readonly LineUnits[];
  readonly promisedAt: Date | null;
  readonly shipBy?: Date | null;
  /** The same place, once goods have come there. */
  readonly coming?: Coming;
};

/** The day on which goods are to come to a place; `isAhead`: they are among what it sells ahead. */
export type Coming = { readonly on: BusinessDate; readonly isAhead: boolean };

type Reader = Pick<ReadCtx, "db" | "snapshots" | "now">;

/**
 * Who ships units instead, by the same way to the same address [CHK-42]: routed as every shipment is, but not to a place that has refused something
 * of this order already. Where orders are not spread over places one of them sends all that was refused, and a part of a parcel that would travel
 * alone is given up. What shipping costs goes with the first.
 */
export async function shippedElsewhere(
  ctx: Reader,
  { fulfillment, lines }: WholeFulfillment,
  { method_id, country, address }: Shipment,
  { kind, units }: Exclude<UnitsDecision, { kind: "unknown" }>,
): Promise<readonly Elsewhere[]> {
  const charges = new Set(lines.filter((line) => line.kind === "delivery").map(({ order_line_id }) => order_line_id));
  const goods = await goodsOf(
    ctx,
    units.filter(({ orderLineId }) => !charges.has(orderLineId)),
  );
  const methodId = asId<DeliveryMethodId>(method_id);
  const parts = await fulfillmentsOf(ctx, fulfillment.order_id);
  const refusers = parts.filter(({ refused }) => refused.length > 0).map((part) => part.fulfillment.place_id);
  const wish = { channelId: fulfillment.channel_id, country, postcode: address?.postcode ?? null, methodId, goods };
  const found = await shipmentFor(ctx, { ...wish, notFrom: [...refusers, fulfillment.place_id] }, ctx.now);
  if (!found) return [];
  const { parcels, missing, rule } = found;
  if (rule.most === 1 && (kind === "some" || missing.size > 0)) return [];
  const method = (await methodsOf(ctx, parcels[0].place.entityId, country)).find(({ id }) => id === methodId) ?? null;
  const placed = parcels.flatMap(({ place, units: sent, goods: wishes }, nth): Elsewhere[] => {
    const had = sent.flatMap(({ index, quantity }, at) => {
      const line = goods[index];
      const left = quantity - (nth === 0 ? (missing.get(index) ?? 0) : 0);
      const wished = wishes[at];
      return line && wished && left > 0 ? [{ orderLineId: line.lineId, quantity: left, goods: wished.goods }] : [];
    });
    const asked = had.map(({ goods: there, quantity }): ShippedWish => ({ goods: there, quantity }));
    const { promiseAt, shipBy } = shippingPromise(asked, shippingPlace(place), method, country, ctx.now);
    if (had.length === 0 || !promiseAt) return [];
    const moved = had.map(({ orderLineId, quantity }) => ({ orderLineId, quantity }));
    return [{ placeId: place.id, units: moved, promisedAt: promiseAt, shipBy }];
  });
  const [first, ...others] = placed;
  const charge = units.filter(({ orderLineId }) => charges.has(orderLineId));
  return first ? [{ ...first, units: [...first.units, ...charge] }, ...others] : [];
}

/** What the units are of; without those that name no goods of the catalog. */
async function goodsOf(ctx: Reader, units: readonly LineUnits[]): Promise<{ lineId: LineId; variantId: VariantId; quantity: number }[]> {
  const { rows } = await sql<{ id: LineId; variantId: VariantId | null }>`
    select id, variant_id as "variantId" from orders.read_line where id = any(${units.map(({ orderLineId }) => orderLineId)}::uuid[])`.execute(
    ctx.db,
  );
  const known = new Map(rows.map(({ id, variantId }) => [id, variantId]));
  return units.flatMap(({ orderLineId, quantity }) => {
    const variantId = known.get(orderLineId);
    return variantId ? [{ lineId: orderLineId, variantId, quantity }] : [];
  });
}
