import type { Locale } from "@weft/contracts";
import type { TenderRow } from "../../payments/index.ts";
import type { Places } from "../../places/index.ts";
import type { BookEntry } from "../queries.ts";
import { dataOf, tendersPaid } from "./data.ts";
import { planInvoice } from "./plan.ts";
import type { Drawn } from "./sheet.ts";

export type GivenReceipt = {
  readonly number: string;
  readonly at: Date;
  readonly tenders: readonly TenderRow[];
  /** How the journal and the devices of its country vouch for it. */
  readonly vouchers: readonly string[];
  readonly codes: NonNullable<Drawn["codes"]>;
};

/**
 * The receipt of a register as PDF [TIL-24]: the sale as it was, with how it was paid and the number that the register gave. It names nobody, and
 * nothing is kept for it.
 */
export function receiptDocumentOf(
  { order, lines }: BookEntry,
  { number, at, tenders, vouchers, codes }: GivenReceipt,
  places: Places,
  language: Locale,
): Drawn {
  const amounts = planInvoice({ lines, taxes: order.taxes }, [], language);
  const data = {
    ...dataOf(places, { order, company: null }, order.place_id),
    ...amounts,
    tenders: tendersPaid(tenders, order.id),
    reverses: null,
  };
  return {
    kind: "receipt",
    number,
    businessDate: order.business_date,
    issuedAt: at,
    language,
    currency: order.currency,
    data,
    buyerName: null,
    vouchers,
    codes,
  };
}
