import { newId } from "@weft/kernel";
import type { PricedTicket, SaleBody } from "../../../../hub/src/modules/till/domain/index.ts";
import type { BodyOfKind } from "../outbox/rows.ts";
import type { Document, TicketFacts } from "../../../../hub/src/modules/till/fiscal/index.ts";

/**
 * The document that the journal keeps of a sale which this register made by itself, in the form of the hub's own [JRN-6]: values only, and nobody's
 * name. Its customer is a reference that only the hub can resolve [JRN-3].
 */
export function ticketFactsOf({ assessed }: PricedTicket, body: SaleBody, isTraining: boolean): TicketFacts {
  const { priced } = assessed;
  const named = new Map(assessed.lines.map((line) => [String(line.id), line]));
  return plain({
    shiftId: body.shiftId,
    training: isTraining,
    orderId: body.orderId,
    orderNumber: null,
    mode: "recorded",
    currency: body.total.currency,
    customerReference: newId(),
    ...(body.bills && { bills: body.bills }),
    lines: body.lines.map((line) => {
      const known = named.get(line.id);
      const { sku, quantity, unitPrice, subtotal, discount, net, tax, total, because, deposit } = line;
      return {
        sku,
        name: known?.name ?? sku,
        options: known?.named.map(({ name }) => name) ?? [],
        quantity,
        unit: unitPrice.per.unit,
        ...(line.isTyped && { isTyped: true }),
        ...(line.trace && { trace: line.trace }),
        unitPrice,
        subtotal,
        discount,
        net,
        tax,
        total,
        rate: rateText(line.taxRate),
        ...(deposit && { deposit: { ...deposit, taxRate: rateText(deposit.taxRate) } }),
        because,
      };
    }),
    subtotal: priced.totals.subtotal,
    discount: priced.totals.discount,
    taxIncluded: priced.taxIncluded,
    total: body.total.amount,
    taxes: body.taxes.map(({ rate, net, tax, gross }) => ({ rate: rateText(rate), net, tax, gross })),
    tenders: body.tenders.map(tenderFacts),
  });
}

/** As the hub writes a tender that it took itself. */
function tenderFacts(tender: SaleBody["tenders"][number]): object {
  const { kind, amount } = tender;
  const tip = "right" in tender ? 0 : (tender.tip ?? 0);
  const tipped = tip > 0 && { tip };
  if (tender.kind !== "cash") return { kind, state: "captured", amount, received: null, change: null, ...tipped };
  const { received, rounding = 0 } = tender;
  const change = received - amount - rounding - tip;
  return { kind, state: "captured", amount, received, change, ...(rounding !== 0 && { rounding }), ...tipped };
}

const rateText = ({ numerator, denominator }: { readonly numerator: number; readonly denominator: number }): string =>
  `${numerator}/${denominator}`;

/** Values that JSON has words for, and nothing else: what is signed is what is sent. */
function plain(facts: object): TicketFacts {
  return JSON.parse(JSON.stringify(facts)) as TicketFacts; // built above with all that it asks
}

/** The same, of whatever the hub or a command says. */
export function plainDocument(document: object): Document {
  return JSON.parse(JSON.stringify(document)) as Document; // what JSON has words for
}

/** The document of a bill before payment, as the hub writes it: without taxes and without a payment [TIL-48]. */
export function billFacts(bill: BodyOfKind<"bill.print">, isTraining: boolean, commandId: string): TicketFacts {
  const { shiftId, cartId, print, lines, total } = bill;
  return plain({
    shiftId,
    training: isTraining,
    cartId,
    print,
    currency: total.currency,
    lines,
    total: total.amount,
    taxes: [],
    tenders: [],
    commandId,
  });
}
