import type { Locale } from "@weft/contracts";
import { businessDate, type EntityId, type PlaceId } from "@weft/kernel";
import type { Places } from "../../places/index.ts";
import { taxesWith } from "../changes.ts";
import type { NewOrderLine } from "../domain.ts";
import type { OrderCompany } from "../present-order.ts";
import { dataOf } from "./data.ts";
import { planInvoice } from "./plan.ts";
import type { Drawn } from "./sheet.ts";

/** A cart that was offered, with the lines that it would be ordered with. */
export type Quoted = {
  readonly number: string;
  readonly entityId: EntityId;
  readonly placeId: PlaceId | null;
  readonly timeZone: string;
  readonly country: string;
  readonly currency: string;
  readonly taxIncluded: boolean;
  readonly offeredAt: Date;
  readonly validUntil: Date;
  readonly lines: readonly NewOrderLine[];
  readonly company: OrderCompany | null;
};

/**
 * A quote as it is drawn [DOC-13]: priced as it was offered, with the day until which that holds. It is no invoice and has no number of the book's
 * series, and nothing is kept for it.
 */
export function quoteOf(quoted: Quoted, places: Places, language: Locale): Drawn {
  const { number, entityId, placeId, timeZone, country, currency, taxIncluded, offeredAt, validUntil, lines, company } = quoted;
  const day = (at: Date) => businessDate(at, timeZone, 0);
  const order = { number, business_date: day(offeredAt), entity_id: entityId, tax_included: taxIncluded };
  const amounts = planInvoice({ lines, taxes: taxesWith([], lines, country) }, [], language);
  const data = { ...dataOf(places, { order, company }, placeId), ...amounts, tenders: [], reverses: null };
  return {
    kind: "quote",
    number,
    businessDate: day(offeredAt),
    issuedAt: offeredAt,
    validUntil: day(validUntil),
    language,
    currency,
    data,
    buyerName: null,
  };
}
