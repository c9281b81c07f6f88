import type { FulfillmentView, OrderLineView, OrderView, TaxShareView, TenderView } from "@weft/contracts";
import { GIFT_CARD_CLASS } from "../payments/index.ts";
import { percentText } from "../pricing/domain/index.ts";
import type { BuyingCompany } from "../companies/domain/index.ts";
import type { Buyer } from "./queries.ts";
import type { Names, NewContribution, NewOrder, NewOrderLine, OrderStates, TaxTotal } from "./domain.ts";

/** An order as it stands: what was written when it was placed, and what has moved since. */
export type StandingOrder = Omit<NewOrder, "number"> &
  OrderStates & {
    readonly number: string;
    readonly version: number;
    readonly refunded: number;
    readonly canceled_amount: number;
    /** Of `paid`: what its company owes. */
    readonly on_account: number;
    /** What cards have agreed to, beside `paid`. */
    readonly authorized: number;
    /** What went back, or is owed no more, for units that came back. */
    readonly returned_amount: number;
  };

export type StandingLine = NewOrderLine & {
  readonly canceled: number;
  readonly returned: number;
  /** The change that brought it; null for what was ordered at first. */
  readonly change_id: string | null;
};

/** What a document keeps of the company that it is for. */
export type OrderCompany = Pick<BuyingCompany, "id" | "name" | "vatNumber" | "country" | "address">;

/** All that an order's screen, receipt and API answer are made of. */
export type OrderParts = {
  readonly order: StandingOrder;
  readonly lines: readonly StandingLine[];
  readonly contributions: readonly NewContribution[];
  readonly tenders: readonly TenderView[];
  readonly fulfillments: readonly FulfillmentView[];
  readonly customer: Buyer;
  /** The company that it was placed for, as it was then. */
  readonly company: OrderCompany | null;
  readonly receipt: { readonly number: string; readonly registerName: string } | null;
};

/** The one form in which an order leaves the hub: completion answers it, reading answers it, live updates carry it. */
export function presentOrder(
  { order, lines, contributions, tenders, fulfillments, customer, company, receipt }: OrderParts,
  names: Names,
): OrderView {
  const { currency } = order;
  const money = (amount: number) => ({ amount, currency });
  return {
    id: order.id,
    number: order.number,
    sourceNumber: order.external_id,
    cartId: order.cart_id,
    mode: order.mode,
    state: order.state,
    paymentState: order.payment_state,
    fulfillmentState: order.fulfillment_state,
    entityId: order.entity_id,
    placeId: order.place_id,
    placeName: order.place_id && names.placeName(order.place_id),
    channelId: order.channel_id,
    channelKind: names.channelKind(order.channel_id),
    customerId: customer.id,
    customerName: customer.name,
    company: company && {
      id: company.id,
      name: company.name,
      vatNumber: company.vatNumber,
      country: company.country,
      address: company.address,
    },
    placedAt: order.placed_at.toISOString(),
    businessDate: order.business_date,
    timeZone: order.time_zone,
    currency,
    lines: lines.map((line) => presentLine(line, currency)),
    subtotal: money(order.subtotal),
    discount: money(order.discount),
    deposit: depositsOf(lines, currency),
    tax: money(order.tax),
    taxIncluded: order.tax_included,
    total: money(order.total),
    taxes: order.taxes.map((tax) => presentTax(tax, currency)),
    paid: money(Math.max(0, order.paid - order.refunded - order.on_account)),
    onAccount: money(order.on_account),
    authorized: money(order.authorized),
    due: money(order.due),
    canceledAmount: money(order.canceled_amount),
    returnedAmount: money(order.returned_amount),
    tenders: [...tenders],
    fulfillments: [...fulfillments],
    pointsEarned: order.points_earned,
    contributions: contributions.map(({ step, channel_id, place_id, staff_name, at }) => ({
      step,
      channelKind: names.channelKind(channel_id),
      placeName: place_id && names.placeName(place_id),
      staffName: staff_name,
      at: at.toISOString(),
    })),
    receipt,
    ...(order.note && { note: order.note }),
    version: order.version,
  };
}

function presentLine(line: StandingLine, currency: string): OrderLineView {
  return {
    id: line.id,
    kind: line.kind,
    isGiftCard: line.tax_class === GIFT_CARD_CLASS,
    variantId: line.variant_id,
    sku: line.sku,
    name: line.name,
    options: line.options.map(({ group, value, name }) => ({ group, value, name })),
    unitPrice: line.unit_price,
    ordered: line.ordered,
    canceled: line.canceled,
    fulfilled: line.fulfilled,
    returned: line.returned,
    discount: { amount: line.discount, currency },
    total: { amount: line.total, currency },
    deposit: line.deposit && {
      name: line.deposit.name,
      each: { amount: line.deposit.each, currency },
      total: { amount: line.deposit.total, currency },
    },
    taxRate: percentText(line.tax_rate),
    because: line.because.map(({ kind, data }) => (data ? { kind, data } : { kind })),
    ...(line.note && { note: line.note }),
    ...(line.is_typed && { isTyped: true as const }),
    ...(line.trace && { trace: line.trace }),
  };
}

function depositsOf(lines: readonly StandingLine[], currency: string): OrderView["deposit"] {
  const amount = lines.reduce((sum, { deposit }) => sum + (deposit?.total ?? 0), 0);
  return amount > 0 ? { amount, currency } : null;
}

function presentTax({ rate, net, tax, gross }: TaxTotal, currency: string): TaxShareView {
  const money = (amount: number) => ({ amount, currency });
  return { rate: `${rate.numerator}/${rate.denominator}`, label: percentText(rate), net: money(net), tax: money(tax), gross: money(gross) };
}
