import { depositOf, type LineDeposit, type StandingLine } from "../../orders/index.ts";
import type { TicketedReturn } from "../../returns/index.ts";

type ReturnTicketParts = {
  readonly taken: Pick<TicketedReturn, "id" | "entry" | "refunds" | "plan">;
  readonly shiftId: string;
  /** Random per document: the journal names nobody [JRN-3]. */
  readonly customerReference: string;
  readonly training: boolean;
  /** What rounding added to the cash that was given back, or took off it, as it moved the drawer. */
  readonly rounding?: number;
};

/**
 * The document that the journal keeps of goods that came back: as that of a sale [JRN-6], with negative amounts, the ticket's own order and
 * the reason of each line.
 */
export function returnTicketOf({
  taken,
  shiftId,
  customerReference,
  training,
  rounding = 0,
}: ReturnTicketParts): Readonly<Record<string, unknown>> {
  const { entry, plan, refunds, id } = taken;
  const { order } = entry;
  return {
    shiftId,
    training,
    returnId: id,
    orderId: order.id,
    orderNumber: order.number,
    currency: order.currency,
    customerReference,
    lines: plan.units.map(({ orderLineId, quantity, total, tax, reason, disposition }) => {
      const line = entry.lines.find((each) => each.id === orderLineId);
      return {
        sku: line?.sku ?? null,
        name: line?.name ?? null,
        options: line?.options.map(({ name }) => name) ?? [],
        quantity: -quantity,
        unit: line?.unit ?? null,
        unitPrice: line?.unit_price ?? null,
        net: negative(total - tax),
        tax: negative(tax),
        total: negative(total),
        rate: line ? rateText(line.tax_rate) : null,
        ...(line?.deposit && { deposit: backOf(line, line.deposit, quantity) }),
        reason,
        disposition,
      };
    }),
    taxIncluded: order.tax_included,
    total: negative(plan.total),
    taxes: plan.taxes.map(({ rate, net, tax, gross }) => ({
      rate: rateText(rate),
      net: negative(net),
      tax: negative(tax),
      gross: negative(gross),
    })),
    tenders: refunds.map(({ kind, amount }) => ({
      kind,
      state: "refunded",
      amount: -amount,
      ...(kind === "cash" && rounding !== 0 && { rounding }),
    })),
  };
}

/** What of units that come back is deposit. */
function backOf(line: StandingLine, { code, name, taxRate }: LineDeposit, quantity: number) {
  const { total, tax } = depositOf(line, quantity);
  return { code, name, tax: negative(tax), total: negative(total), taxRate: rateText(taxRate) };
}

const rateText = ({ numerator, denominator }: { numerator: number; denominator: number }): string => `${numerator}/${denominator}`;

/** Zero stays zero: canonical JSON knows no minus zero, and a reader none either. */
const negative = (amount: number): number => (amount === 0 ? 0 : -amount);
