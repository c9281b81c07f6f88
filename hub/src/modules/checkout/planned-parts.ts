import { businessDate, type FulfillmentId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, Vault } from "../../platform/index.ts";
import { codeMac, type FulfillmentParts, type FulfillmentStep } from "../fulfillment/index.ts";
import { documentPlace } from "../places/index.ts";
import type { NewFulfillment, SalePlan } from "./domain/index.ts";

/** A part of an order with the code that opens it, where somebody comes for it, and its first step. */
export type CodedPart = NewFulfillment & { readonly code: string | null; readonly steps: readonly FulfillmentStep[] };

/** Its code as it is found and as it is kept; none where nobody comes for it. */
export function codesOf(
  vault: Vault,
  { code, placeId }: CodedPart,
): { readonly macs: readonly Buffer[]; readonly sealed: readonly string[] } {
  return code === null ? { macs: [], sealed: [] } : { macs: [codeMac(vault, placeId, code)], sealed: [vault.seal(code)] };
}

/** A part as `fulfillment.plan` reads it. At another place than the order's own it has the business date of that place. No statement. */
export async function plannedRow(ctx: Ctx, at: Date, { order, document }: SalePlan, part: CodedPart) {
  const { placeId, units: _, code: __, steps: ___, ...planned } = part;
  const row = { ...planned, ...document, order_id: order.id, record_id: order.record_id, placed_at: at };
  if (placeId === document.place_id) return row;
  const place = await documentPlace(ctx, placeId);
  if (!place) throw new Error(`place ${placeId} serves a part of an order and is unknown`);
  return { ...row, place_id: placeId, business_date: businessDate(at, place.timeZone, place.dayEnd), time_zone: place.timeZone };
}

/**
 * The parts of an order beside the first [CHK-41, CHK-43]: their units are allocated by the completion's own statement, here each gets its work. An
 * order of one part comes by here without a statement.
 */
export async function planFurtherParts(
  ctx: Ctx,
  vault: Vault,
  at: Date,
  plan: SalePlan,
  { number, parts }: { readonly number: string; readonly parts: readonly CodedPart[] },
): Promise<void> {
  for (const part of parts) {
    const [lines, quantities] = [part.units.map(({ orderLineId }) => orderLineId), part.units.map(({ quantity }) => quantity)];
    const { macs, sealed } = codesOf(vault, part);
    await sql`
      select fulfillment.plan(${JSON.stringify(await plannedRow(ctx, at, plan, part))}::json, ${number}, ${lines}::uuid[], ${quantities}::integer[],
        ${macs}::bytea[], ${sealed}::text[], ${JSON.stringify(part.steps)}::json)`.execute(ctx.db);
  }
}

type Shown = {
  readonly number: string;
  readonly at: Date;
  readonly customerName: string | null;
  readonly paymentState: string;
};

/** The parts of an order as they were planned just now, without reading them again. */
export function plannedParts({ order, lines }: SalePlan, parts: readonly CodedPart[], shown: Shown): FulfillmentParts[] {
  return parts.map(({ placeId, units, code, steps, shipment, slot: _, ...part }) => ({
    fulfillment: {
      ...part,
      // Made as an id for this row; the plan keeps ids as text.
      id: part.id as FulfillmentId,
      order_id: order.id,
      order_number: shown.number,
      record_id: order.record_id,
      place_id: placeId,
      channel_id: order.channel_id,
      placed_at: shown.at,
      code_sealed: null,
      collect_until: null,
      shelf: null,
      version: 1,
      delayed_at: null,
    },
    lines: units.flatMap(({ orderLineId, quantity }) => {
      const line = lines.find((one) => one.id === orderLineId);
      if (!line) return [];
      const { kind, sku, name, options, note = null } = line;
      return [{ order_line_id: orderLineId, kind, sku, name, options, quantity, note }];
    }),
    steps,
    refused: [],
    collector: null,
    shipment: shipment && { ...shipment, parcels: [] },
    showsAddress: true,
    due: order.due,
    paymentState: shown.paymentState,
    currency: order.currency,
    customerName: shown.customerName,
    note: order.note ?? null,
    collectCode: code,
  }));
}
