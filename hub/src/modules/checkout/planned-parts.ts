import { businessDate, type FulfillmentId, type PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import type { FulfillmentParts, FulfillmentStep } from "../fulfillment/index.ts";
import { documentPlace } from "../places/index.ts";
import type { SalePlan } from "./domain/index.ts";

type Beside = { readonly number: string; readonly steps: readonly FulfillmentStep[] };

/**
 * What other places send of an order [CHK-41]: their units are allocated by the completion's own statement, here each gets its work. An order of
 * one place comes by here without a statement.
 */
export async function planFurtherParcels(ctx: Ctx, at: Date, plan: SalePlan, { number, steps }: Beside): Promise<void> {
  for (const { id, placeId, units, promised_at, shipment } of plan.further) {
    const place = await documentPlace(ctx, placeId);
    if (!place) throw new Error(`place ${placeId} sends a part of an order and is unknown`);
    const planned = {
      ...plan.fulfillment,
      ...plan.document,
      id,
      place_id: placeId,
      business_date: businessDate(at, place.timeZone, place.dayEnd),
      time_zone: place.timeZone,
      promised_at,
      shipment,
      order_id: plan.order.id,
      record_id: plan.order.record_id,
      placed_at: at,
    };
    const [lines, quantities] = [units.map(({ orderLineId }) => orderLineId), units.map(({ quantity }) => quantity)];
    await sql`
      select fulfillment.plan(${JSON.stringify(planned)}::json, ${number}, ${lines}::uuid[], ${quantities}::integer[], '{}'::bytea[], '{}'::text[],
        ${JSON.stringify(steps.map((step) => ({ ...step, place_id: placeId })))}::json)`.execute(ctx.db);
  }
}

type Shown = Beside & {
  readonly placeId: PlaceId;
  readonly at: Date;
  readonly customerName: string | null;
  readonly code: string | null;
  readonly paymentState: string;
};

/** The parts of an order as they were planned just now, without reading them again. */
export function plannedParts({ order, fulfillment, units, further, lines }: SalePlan, shown: Shown): FulfillmentParts[] {
  const { id, promised_at, shipment } = fulfillment;
  const own = { id, placeId: shown.placeId, promised_at, shipment, units };
  return [own, ...further].map((part, index) => ({
    fulfillment: {
      ...fulfillment,
      // Made as an id for this row; the plan keeps ids as text.
      id: part.id as FulfillmentId,
      promised_at: part.promised_at,
      order_id: order.id,
      order_number: shown.number,
      record_id: order.record_id,
      place_id: part.placeId,
      channel_id: order.channel_id,
      placed_at: shown.at,
      code_sealed: null,
      collect_until: null,
      shelf: null,
      version: 1,
    },
    lines: part.units.flatMap(({ orderLineId, quantity }) => {
      const line = lines.find((one) => one.id === orderLineId);
      if (!line) return [];
      const { kind, sku, name, options } = line;
      return [{ order_line_id: orderLineId, kind, sku, name, options, quantity }];
    }),
    steps: shown.steps,
    refused: [],
    collector: null,
    shipment: part.shipment && { ...part.shipment, parcels: [] },
    showsAddress: true,
    due: order.due,
    paymentState: shown.paymentState,
    currency: order.currency,
    customerName: shown.customerName,
    collectCode: index === 0 ? shown.code : null,
  }));
}
