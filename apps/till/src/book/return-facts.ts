import { newId } from "@weft/kernel";
import type { PlannedReturn } from "../../../../hub/src/modules/returns/domain/index.ts";
import { joinedRates, type RefundHere, type SoldGoods } from "../../../../hub/src/modules/till/domain/index.ts";
import type { TicketFacts } from "../../../../hub/src/modules/till/fiscal/index.ts";
import { plainDocument } from "./ticket-facts.ts";

export type SoldName = { readonly name: string; readonly options: readonly string[] };

type TakenBack = {
  readonly shiftId: string;
  readonly returnId: string;
  readonly isTraining: boolean;
  readonly sale: SoldGoods;
  /** As the receipt of the sale called its goods. */
  readonly names: ReadonlyMap<string, SoldName>;
  readonly plan: PlannedReturn;
  readonly refund: RefundHere;
  /** What rounding added to the cash in the drawer, or took off it. */
  readonly rounding: number;
  /** Later than on the days of the policy. */
  readonly late?: object | undefined;
};

/**
 * The document that the journal keeps of goods which this register took back by itself, in the form of the hub's own: a ticket with negative amounts
 * [JRN-6], and nobody's name.
 */
export function returnFactsOf({ shiftId, isTraining, refund, rounding, late, ...brought }: TakenBack): TicketFacts {
  const { sale, plan } = brought;
  const document = {
    shiftId,
    training: isTraining,
    ...cameBackFacts(brought),
    currency: sale.total.currency,
    customerReference: newId(),
    taxIncluded: sale.lines[0]?.taxIncluded ?? true,
    tenders: [{ kind: refund, state: "refunded", amount: negative(plan.total), ...(rounding !== 0 && { rounding }) }],
    ...(late && { late }),
  };
  return plainDocument(document) as TicketFacts; // built above with all that it asks
}

type Brought = Pick<TakenBack, "returnId" | "sale" | "names" | "plan">;

/** What came back, line by line and rate by rate, with negative amounts. */
function cameBackFacts({ returnId, sale, names, plan }: Brought) {
  return {
    returnId,
    orderId: sale.orderId,
    orderNumber: null,
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
    total: negative(plan.total),
    taxes: plan.taxes.map(({ rate, net, tax, gross }) => ({
      rate: rateText(rate),
      net: negative(net),
      tax: negative(tax),
      gross: negative(gross),
    })),
  };
}

type Exchanged = Pick<TakenBack, "rounding" | "late"> & Brought & { readonly out: TicketFacts };

/**
 * The document of an exchange that this register made by itself, in the form of the hub's own: what went out, what came back with negative amounts, and
 * the difference as its total [TIL-55].
 */
export function exchangeFactsOf({ out, rounding, late, ...brought }: Exchanged): TicketFacts {
  const back = cameBackFacts(brought);
  const difference = out.total + back.total;
  const given = difference < 0 ? [{ kind: "cash", state: "refunded", amount: difference }] : [];
  const document = {
    ...out,
    cameBack: back,
    difference,
    tenders: [...out.tenders, ...given],
    ...(rounding !== 0 && { cashRounding: rounding }),
    ...(late && { late }),
    documentTotal: out.total,
    total: difference,
    taxes: joinedRates([...out.taxes, ...back.taxes]),
  };
  return plainDocument(document) as TicketFacts; // built above with all that it asks
}

const rateText = ({ numerator, denominator }: { readonly numerator: number; readonly denominator: number }): string =>
  `${numerator}/${denominator}`;

/** Zero stays zero: canonical JSON knows no minus zero. */
const negative = (amount: number): number => (amount === 0 ? 0 : -amount);
