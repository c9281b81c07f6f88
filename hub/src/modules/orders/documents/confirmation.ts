import type { Locale } from "@weft/contracts";
import type { Places } from "../../places/index.ts";
import type { BookEntry } from "../queries.ts";
import { dataOf } from "./data.ts";
import { planInvoice } from "./plan.ts";
import type { Drawn } from "./sheet.ts";

/**
 * The confirmation of an order as it was placed [DOC-9]: what was agreed never changes, so nothing is kept for it, and it has no number of its
 * own. It says no tender, because that may change until the goods are there; the same order gives the same bytes, but for a name that was erased.
 */
export function confirmationOf({ order, lines, company, customer }: BookEntry, places: Places, language: Locale): Drawn {
  const amounts = planInvoice({ lines, taxes: order.taxes }, [], language);
  const data = { ...dataOf(places, { order, company }, order.place_id), ...amounts, tenders: [], reverses: null };
  return {
    kind: "confirmation",
    number: order.number,
    businessDate: order.business_date,
    issuedAt: order.placed_at,
    language,
    currency: order.currency,
    data,
    buyerName: company ? null : customer.name,
  };
}
