import type { BookEntry } from "../../orders/index.ts";
import type { TenderRow } from "../../payments/index.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import { roundingOf } from "../domain/index.ts";
import { TicketWritten } from "../events.ts";
import type { KnownRegister } from "../queries/registers.ts";

type TicketParts = {
  readonly order: BookEntry;
  readonly tenders: readonly TenderRow[];
  readonly shiftId: string;
  /** Random per document: the journal names nobody [JRN-3]. */
  readonly customerReference: string;
  readonly training: boolean;
  /** Bills that were printed of it before it was paid; left out, none. */
  readonly bills?: readonly string[] | undefined;
};

/** Tells that a ticket has its number; one that a register has not signed yet is told when it is. */
export async function tellTicket(
  ctx: Ctx,
  register: KnownRegister,
  { shiftId, orderId, number }: { readonly shiftId: string; readonly orderId: string; readonly number: string | null },
): Promise<void> {
  if (number === null) return;
  const { id: registerId, placeId, training } = register;
  await publish(ctx, TicketWritten, `register/${registerId}`, { registerId, placeId, shiftId, orderId, number, training });
}

/**
 * The document that the journal keeps: lines with label, quantity, unit price, net and rate, the discounts with their reasons, the VAT
 * split that was shown, and how it was paid [JRN-6]. Values only: nothing is looked up again when it is verified or printed.
 */
export function ticketOf({
  order: { order, lines },
  tenders,
  shiftId,
  customerReference,
  training,
  bills = [],
}: TicketParts): Readonly<Record<string, unknown>> {
  return {
    shiftId,
    training,
    orderId: order.id,
    orderNumber: order.number,
    mode: order.mode,
    currency: order.currency,
    customerReference,
    pointsEarned: order.points_earned,
    ...(bills.length > 0 && { bills }),
    lines: lines.map((line) => ({
      sku: line.sku,
      name: line.name,
      options: line.options.map(({ name }) => name),
      quantity: line.ordered,
      unit: line.unit,
      // The law on weighing instruments: a weight that nobody weighed is seen as such, on paper and in the books [TIL-45].
      ...(line.is_typed && { isTyped: true }),
      ...(line.trace && { trace: line.trace }),
      unitPrice: line.unit_price,
      subtotal: line.subtotal,
      discount: line.discount,
      net: line.net,
      tax: line.tax,
      total: line.total,
      rate: rateText(line.tax_rate),
      // What of the line is deposit: in its net, tax and total, at a rate of its own.
      ...(line.deposit && { deposit: { ...line.deposit, taxRate: rateText(line.deposit.taxRate) } }),
      because: line.because,
    })),
    subtotal: order.subtotal,
    discount: order.discount,
    taxIncluded: order.tax_included,
    total: order.total,
    taxes: order.taxes.map(({ rate, net, tax, gross }) => ({ rate: rateText(rate), net, tax, gross })),
    tenders: tenders.map(tenderOf),
  };
}

/** How it was paid; cash that was rounded says by how much [TIL-18], and a tip stands beside the amount [TIL-16]. */
export function tenderOf({ kind, state, amount, received, change, tip }: TenderRow) {
  const rounding = kind === "cash" ? roundingOf({ amount, received, change, tip }) : 0;
  return { kind, state, amount, received, change, ...(rounding !== 0 && { rounding }), ...(tip > 0 && { tip }) };
}

const rateText = ({ numerator, denominator }: { numerator: number; denominator: number }): string => `${numerator}/${denominator}`;
