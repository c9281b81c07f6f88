import type { EntityId, OrderId, PlaceId } from "@weft/kernel";
import type { TenderRow } from "../../payments/index.ts";
import type { LegalEntity, Places } from "../../places/index.ts";
import type { OrderCompany, StandingOrder } from "../present-order.ts";
import type { DocumentData, PrintedAddress } from "./plan.ts";

type Sold = {
  readonly order: Pick<StandingOrder, "number" | "business_date" | "entity_id" | "tax_included">;
  readonly company: Omit<OrderCompany, "id"> | null;
};

/** Who sells, where, and for which company: what a document keeps as it is now. */
export function dataOf(places: Places, { order, company }: Sold, placeId: PlaceId | null) {
  const { name, vatId, country, address } = entityOf(places, order.entity_id);
  const place = placeId && places.places.get(placeId);
  return {
    orderNumber: order.number,
    orderDate: order.business_date,
    seller: { name, vatId, country, address: address && printed(address) },
    place: place ? { name: place.name, country: place.address.country, address: printed(place.address) } : null,
    company: company && {
      name: company.name,
      vatNumber: company.vatNumber,
      country: company.country,
      address: company.address && printed(company.address),
    },
    taxIncluded: order.tax_included,
  };
}

export function entityOf({ entities }: Places, id: EntityId): LegalEntity {
  const entity = entities.get(id);
  if (!entity) throw new Error(`the legal entity ${id} of an order is not there`);
  return entity;
}

type Address = { readonly line1: string; readonly line2?: string | null | undefined; readonly postcode: string; readonly city: string };

const printed = ({ line1, line2, postcode, city }: Address): PrintedAddress => ({ line1, line2: line2 ?? null, postcode, city });

/** What an order was paid with, and what is due at its collection. */
export function tendersPaid(tenders: readonly TenderRow[], orderId: OrderId): DocumentData["tenders"] {
  return tenders
    .filter((tender) => tender.orderId === orderId && (tender.state === "captured" || tender.state === "due"))
    .map(({ kind, amount, state }) => ({ kind, amount, isDue: state === "due" }));
}
