import { divideRounded, shareOut, type Id, type LineId } from "@weft/kernel";
import type { AssessedCart, AssessedLine } from "../../carts/domain/index.ts";
import type { LineDeposit, NewOrderLine } from "../../orders/domain.ts";
import { toBecause, type PricedDelivery, type PricedDeposit, type PricedLine } from "../../pricing/domain/index.ts";
import type { SaleFacts } from "./sale.ts";

type PricedCartLine = AssessedLine & { readonly priced: PricedLine };

const isPriced = (line: AssessedLine): line is PricedCartLine => line.priced !== undefined;

/** The lines of an order: the goods in the cart's order, those of `given` with their customer already, and behind them what shipping costs. */
export function planLines(facts: SaleFacts, given: ReadonlySet<LineId>, nextId: <T extends Id<string>>() => T): NewOrderLine[] {
  const lines = facts.assessed.lines.filter(isPriced);
  const { taxIncluded, totals, delivery } = facts.assessed.priced;
  const recorded = facts.request.expectedTotal.amount - (delivery?.total ?? 0);
  const isAsPriced = facts.request.expectedTotal.amount === totals.total;
  const amounts = isAsPriced ? lines.map(({ priced }) => priced) : asRecorded(lines, recorded, taxIncluded);
  const goods = lines.map((line, index) => goodsLine(line, index + 1, amounts[index] ?? line.priced, given.has(line.id)));
  return [...goods, ...planDeliveryLine(facts, goods.length + 1, nextId)];
}

/** Lines that come to an order later, behind those that it has [CHK-21]: its shipping is paid already. */
export function planAddedLines({ lines }: Pick<AssessedCart, "lines">, behind: number): NewOrderLine[] {
  return lines.filter(isPriced).map((line, index) => goodsLine(line, behind + index + 1, line.priced, false));
}

/** The lines that an offered cart would be ordered with: its goods, and what sending them costs. */
export function planQuotedLines(
  assessed: Pick<AssessedCart, "lines" | "priced" | "delivery">,
  nextId: <T extends Id<string>>() => T,
): NewOrderLine[] {
  const goods = planAddedLines(assessed, 0);
  return [...goods, ...planDeliveryLine({ assessed }, goods.length + 1, nextId)];
}

function goodsLine(
  line: PricedCartLine,
  position: number,
  amount: Pick<PricedLine, "discount" | "net" | "tax" | "total" | "deposit">,
  handedOver: boolean,
): NewOrderLine {
  return {
    // The line keeps its id from cart to order, so that a hold, an allocation and a movement name the same thing.
    id: line.id,
    kind: "goods",
    position,
    variant_id: line.variantId,
    product_id: line.productId,
    sku: line.sku,
    name: line.name,
    options: line.named.map(({ group, value, name }) => ({ group, value, name })),
    unit: line.unit,
    unit_price: line.priced.unitPrice,
    ordered: line.quantity,
    allocated: line.tracked && !handedOver ? line.quantity : 0,
    fulfilled: handedOver ? line.quantity : 0,
    subtotal: line.priced.subtotal,
    discount: amount.discount,
    net: amount.net,
    tax: amount.tax,
    total: amount.total,
    tax_class: line.taxClass,
    tax_rate: line.priced.taxRate,
    deposit: amount.deposit && keptDeposit(amount.deposit),
    because: line.priced.because.map((reason) => toBecause("price", reason)),
    ...(line.note !== undefined && { note: line.note }),
    ...(line.isTyped && { is_typed: true }),
    ...(line.trace && { trace: line.trace }),
  };
}

/** What an order keeps of a deposit: in its own terms, whatever those of the cart were. */
function keptDeposit({ code, name, each, net, tax, total, taxRate }: PricedDeposit): LineDeposit {
  return { code, name, each, net, tax, total, taxRate };
}

/** What shipping costs, a line behind the goods; it is served when the parcel leaves. */
function planDeliveryLine(
  { assessed }: { readonly assessed: Pick<AssessedCart, "priced" | "delivery"> },
  position: number,
  nextId: <T extends Id<string>>() => T,
): NewOrderLine[] {
  const { delivery: priced, currency } = assessed.priced;
  const method = assessed.delivery?.chosen;
  if (!priced || !method) return [];
  return [deliveryLine(priced, { name: method.name, currency, position, id: nextId<LineId>() })];
}

type DeliveryLine = Pick<NewOrderLine, "id" | "name" | "position"> & { readonly currency: string };

/** The line of what shipping costs, by the name of its way. */
export function deliveryLine(priced: PricedDelivery, { id, name, currency, position }: DeliveryLine): NewOrderLine {
  return {
    id,
    kind: "delivery",
    position,
    variant_id: null,
    product_id: null,
    sku: "DELIVERY",
    name,
    options: [],
    unit: "piece",
    unit_price: { amount: priced.amount, scale: 0, currency, per: { quantity: 1, unit: "piece" } },
    ordered: 1,
    allocated: 0,
    fulfilled: 0,
    subtotal: priced.amount,
    discount: 0,
    net: priced.net,
    tax: priced.tax,
    total: priced.total,
    tax_class: priced.taxClass,
    tax_rate: priced.taxRate,
    deposit: null,
    because: priced.because.map((reason) => toBecause("price", reason)),
  };
}

/**
 * A sale that happened at another total than ours keeps the total that was taken [CHK-6]: it is shared out over the lines in
 * proportion, and each line's tax is the one inside its share. The order says both figures. A deposit stays what it is, as long as the
 * total covers all of them.
 */
function asRecorded(lines: readonly PricedCartLine[], total: number, taxIncluded: boolean) {
  const charged = lines.reduce((sum, { priced }) => sum + (priced.deposit?.total ?? 0), 0);
  const deposits = lines.map(({ priced }) => (charged <= total ? priced.deposit : null));
  const shares = shareOut(
    charged <= total ? total - charged : total,
    lines.map(({ priced }, index) => priced.total - (deposits[index]?.total ?? 0)),
  );
  return lines.map(({ priced }, index) => {
    const [share, deposit] = [shares[index] ?? 0, deposits[index] ?? null];
    const { numerator, denominator } = priced.taxRate;
    const tax = divideRounded(BigInt(share) * BigInt(numerator), BigInt(numerator + denominator));
    const discount = priced.subtotal - (taxIncluded ? share : share - tax);
    const [all, allTax] = [share + (deposit?.total ?? 0), tax + (deposit?.tax ?? 0)];
    return { total: all, tax: allTax, net: all - allTax, discount, deposit };
  });
}
