import { newId } from "@weft/kernel";
import type { PlannedReturn } from "../../../../hub/src/modules/returns/domain/index.ts";
import type { RefundHere, SaleBody } from "../../../../hub/src/modules/till/domain/index.ts";
import type { TicketFacts } from "../../../../hub/src/modules/till/fiscal/index.ts";
import { plainDocument } from "./ticket-facts.ts";

export type SoldName = { readonly name: string; readonly options: readonly string[] };

type TakenBack = {
  readonly shiftId: string;
  readonly returnId: string;
  readonly isTraining: boolean;
  readonly sale: SaleBody;
  /** As the receipt of the sale called its goods. */
  readonly names: ReadonlyMap<string, SoldName>;
  readonly plan: PlannedReturn;
  readonly refund: RefundHere;
  /** What rounding added to the cash in the drawer, or took off it. */
  readonly rounding: number;
};

/**
 * The document that the journal keeps of goods which this register took back by itself, in the form of the hub's own: a ticket with negative amounts
 * [JRN-6], and nobody's name.
 */
export function returnFactsOf({ shiftId, returnId, isTraining, sale, names, plan, refund, rounding }: TakenBack): TicketFacts {
  const { currency } = sale.total;
  const document = {
    shiftId,
    training: isTraining,
    returnId,
    orderId: sale.orderId,
    orderNumber: null,
    currency,
    customerReference: newId(),
    lines: plan.units.map(({ orderLineId, quantity, total, tax, reason, disposition }) => {
      const line = sale.lines.find(({ id }) => id === orderLineId);
      return {
        sku: line?.sku ?? null,
        name: names.get(orderLineId)?.name ?? null,
        options: names.get(orderLineId)?.options ?? [],
        quantity: -quantity,
        unit: line?.unitPrice.per.unit ?? null,
        unitPrice: line?.unitPrice ?? null,
        net: negative(total - tax),
        tax: negative(tax),
        total: negative(total),
        rate: line ? rateText(line.taxRate) : null,
        reason,
        disposition,
      };
    }),
    taxIncluded: sale.lines[0]?.taxIncluded ?? true,
    total: negative(plan.total),
    taxes: plan.taxes.map(({ rate, net, tax, gross }) => ({
      rate: rateText(rate),
      net: negative(net),
      tax: negative(tax),
      gross: negative(gross),
    })),
    tenders: [{ kind: refund, state: "refunded", amount: negative(plan.total), ...(rounding !== 0 && { rounding }) }],
  };
  return plainDocument(document) as TicketFacts; // built above with all that it asks
}

const rateText = ({ numerator, denominator }: { readonly numerator: number; readonly denominator: number }): string =>
  `${numerator}/${denominator}`;

/** Zero stays zero: canonical JSON knows no minus zero. */
const negative = (amount: number): number => (amount === 0 ? 0 : -amount);
