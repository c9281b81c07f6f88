import type { Id, LineId, PlaceId } from "@weft/kernel";
import { stockLines, type StockLine } from "../../catalog/domain/index.ts";
import { heldLineId, sharesOf, type AssessedCart } from "../../carts/domain/index.ts";
import { restOf, type LineUnits, type Shipment } from "../../fulfillment/domain.ts";
import type { NewOrderLine } from "../../orders/domain.ts";
import type { SaleFacts } from "./sale.ts";

/** As `fulfillment.plan` writes it. */
export type NewShipment = Omit<Shipment, "parcels">;

/** What another place than the order's own sends of it [CHK-41]. */
export type FurtherParcel = {
  readonly id: string;
  readonly promised_at: Date | null;
  readonly shipment: NewShipment | null;
  readonly placeId: PlaceId;
  readonly units: readonly LineUnits[];
};

/** Units that leave stock or are allocated, of tracked goods only; `heldAs` is the line id by which a cart holds them there. */
export type StockUse = StockLine & { readonly placeId: PlaceId; readonly heldAs: LineId };

/** Where the parcel goes, by what, and when it has to leave; the words are kept as they were when it was ordered. */
export function planShipment({ fulfillment, assessed: { delivery }, cart }: SaleFacts, shipBy: Date | null): NewShipment | null {
  if (fulfillment.kind !== "ship" || !delivery?.chosen) return null;
  const { chosen, country } = delivery;
  return { method_id: chosen.id, method_name: chosen.name, country, address: cart.address, ship_by: shipBy };
}

/** Each place that sends a part of it has a fulfillment of its own, with its own promise and its own parcels [CHK-41]. */
export function planFurther(facts: SaleFacts, nextId: <T extends Id<string>>() => T): FurtherParcel[] {
  if (facts.fulfillment.kind !== "ship") return [];
  const others = (facts.assessed.delivery?.parcels ?? []).filter(({ placeId }) => placeId !== facts.fulfillment.placeId);
  return others.map(({ placeId, units, promise }) => ({
    id: nextId(),
    placeId,
    units: units.map(({ lineId, quantity }) => ({ orderLineId: lineId, quantity })),
    promised_at: promise.promiseAt,
    shipment: planShipment(facts, promise.shipBy),
  }));
}

/** What shipping costs stands with the parcel of the order's own place. */
export function unitsHere(lines: readonly NewOrderLine[], further: readonly FurtherParcel[]): LineUnits[] {
  return restOf(
    lines.map(({ id, ordered }) => ({ order_line_id: id, quantity: ordered })),
    further.flatMap(({ units }) => units),
  );
}

/** What a sale takes from stock, and where: goods made to order take nothing. */
export function stockUses({
  assessed,
  fulfillment,
}: {
  readonly assessed: Pick<AssessedCart, "lines">;
  readonly fulfillment: { readonly placeId: PlaceId };
}): StockUse[] {
  const { placeId: home } = fulfillment;
  return assessed.lines.flatMap((line) =>
    sharesOf(line, home).flatMap(({ placeId, quantity }) => {
      const held = line.shares && stockLines(heldLineId(line.id, placeId, home), line, quantity);
      return stockLines(line.id, line, quantity).map((use, index) => ({ ...use, placeId, heldAs: held?.[index]?.lineId ?? use.lineId }));
    }),
  );
}
