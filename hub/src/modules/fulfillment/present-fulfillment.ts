import type { FulfillmentView } from "@weft/contracts";
import type { Names } from "../orders/index.ts";
import { slotIdOf } from "../promises/domain/index.ts";
import type { FulfillmentLine, Shipment } from "./domain.ts";
import type { WholeFulfillment } from "./queries.ts";

/** A fulfillment with what its screens show beside it. */
export type FulfillmentParts = WholeFulfillment & {
  /** The open code, for its customer only; null for everyone else. */
  readonly collectCode: string | null;
  /** The code of whom its customer sent, for the customer only; null, when left out. */
  readonly collectorCode?: string | null;
  /** Whether its customer looks: only they are shown where it goes. */
  readonly showsAddress: boolean;
  /** Whether who looks may take units off it for its customer; not, when left out. */
  readonly mayChange?: boolean;
};

const TO_MAKE: ReadonlySet<string> = new Set(["planned", "assigned", "accepted", "in_preparation"]);
const isToMake = (state: string): boolean => TO_MAKE.has(state);

export function presentFulfillment(
  { fulfillment, lines, steps, refused, shipment, collector, ...beside }: FulfillmentParts,
  names: Names,
): FulfillmentView {
  return {
    id: fulfillment.id,
    orderId: fulfillment.order_id,
    orderNumber: fulfillment.order_number,
    kind: fulfillment.kind,
    state: fulfillment.state,
    placeId: fulfillment.place_id,
    placeName: names.placeName(fulfillment.place_id) ?? "",
    dueAt: fulfillment.due_at?.toISOString() ?? null,
    promisedAt: fulfillment.promised_at?.toISOString() ?? null,
    awaitsOn: fulfillment.awaits_on,
    delayed: fulfillment.delayed_at !== null && isToMake(fulfillment.state),
    slot: presentSlot(fulfillment),
    lines: lines.filter(isGoods).map(({ order_line_id, sku, name, options, quantity, note }) => ({
      orderLineId: order_line_id,
      sku,
      name,
      options: options.map(({ group, value, name }) => ({ group, value, name })),
      quantity,
      ...(note && { note }),
    })),
    ...(beside.note && { note: beside.note }),
    due: { amount: beside.due, currency: beside.currency },
    paymentState: beside.paymentState ?? null,
    customerName: beside.customerName,
    history: steps.map(({ state, at, staff_name, channel_id, reason }) => ({
      state,
      at: at.toISOString(),
      by: staff_name,
      channelKind: channel_id && names.channelKind(channel_id),
      reason,
    })),
    refused: refused.map(({ order_line_id, quantity, reason, moved_to_place }) => ({
      orderLineId: order_line_id,
      quantity,
      reason,
      movedToPlaceName: moved_to_place && names.placeName(moved_to_place),
    })),
    shelf: fulfillment.shelf,
    arrival: beside.arrival ?? null,
    collectUntil: fulfillment.state === "ready" ? (fulfillment.collect_until?.toISOString() ?? null) : null,
    collectCode: beside.collectCode,
    collector: collector && {
      name: collector.name,
      code: beside.collectorCode ?? null,
      collectedAt: collector.collected_at?.toISOString() ?? null,
    },
    mayChange: beside.mayChange ?? false,
    delivery: shipment && presentShipment(shipment, beside.showsAddress),
    version: fulfillment.version,
  };
}

function presentSlot({ place_id, due_at, slot_until }: FulfillmentParts["fulfillment"]): FulfillmentView["slot"] {
  return due_at && slot_until && { id: slotIdOf(place_id, due_at), endsAt: slot_until.toISOString() };
}

/** What shipping costs goes along on the books; nobody picks it from a shelf. */
const isGoods = ({ kind }: FulfillmentLine): boolean => kind === "goods";

function presentShipment(
  { method_name, country, ship_by, address, parcels }: Shipment,
  showsAddress: boolean,
): NonNullable<FulfillmentView["delivery"]> {
  return {
    methodName: method_name,
    country,
    shipBy: ship_by?.toISOString() ?? null,
    address: showsAddress ? address : null,
    parcels: parcels.map(({ id, carrier, tracking_number, tracking_url, at }) => ({
      id,
      carrier,
      trackingNumber: tracking_number,
      trackingUrl: tracking_url,
      at: at.toISOString(),
    })),
  };
}
