import type { LineId, PlaceId } from "@weft/kernel";
import { stockLines, type StockLine } from "../../catalog/domain/index.ts";
import { heldLineId, sharesOf, type AssessedCart } from "../../carts/domain/index.ts";
import type { Shipment } from "../../fulfillment/domain.ts";
import type { SaleFacts } from "./sale.ts";

/** As `fulfillment.plan` writes it. */
export type NewShipment = Omit<Shipment, "parcels">;

/** Units that leave stock or are allocated, of tracked goods only; `heldAs` is the line id by which a cart holds them there. */
export type StockUse = StockLine & { readonly placeId: PlaceId; readonly heldAs: LineId };

/** Where the parcel goes, by what, and when it has to leave; the words are kept as they were when it was ordered. */
export function planShipment({ assessed: { delivery }, cart }: SaleFacts, shipBy: Date | null): NewShipment | null {
  if (!delivery?.chosen) return null;
  const { chosen, country } = delivery;
  return { method_id: chosen.id, method_name: chosen.name, country, address: cart.address, ship_by: shipBy };
}

/** What a sale takes from stock, and where: goods made to order take nothing. A line that waits takes what is there, and locks its level. */
export function stockUses({
  assessed,
  fulfillment,
}: {
  readonly assessed: Pick<AssessedCart, "lines"> & Partial<Pick<AssessedCart, "waits">>;
  readonly fulfillment: { readonly placeId: PlaceId };
}): StockUse[] {
  const { placeId: home } = fulfillment;
  return assessed.lines.flatMap((line) =>
    sharesOf(line, home).flatMap(({ placeId, quantity: wanted }) => {
      const wait = assessed.waits?.find(({ lineId, placeId: at }) => lineId === line.id && at === placeId);
      const quantity = wanted - (wait?.quantity ?? 0);
      const held = line.shares && stockLines(heldLineId(line.id, placeId, home), line, quantity);
      return stockLines(line.id, line, quantity).map((use, index) => ({ ...use, placeId, heldAs: held?.[index]?.lineId ?? use.lineId }));
    }),
  );
}
