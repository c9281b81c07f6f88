import type { ChannelKind, Locale, LocalizedText } from "@weft/contracts";
import type {
  BusinessDate,
  CartId,
  ChannelId,
  EntityId,
  LineId,
  OrderId,
  PlaceId,
  ProductId,
  RecordId,
  StaffId,
  UnitPrice,
  VariantId,
} from "@weft/kernel";
import type { Trace } from "../batches/domain/index.ts";

export type OrderMode = "live" | "recorded" | "imported";

/** A ratio as it was charged: 5.5 % is `{ numerator: 55, denominator: 1000 }`. */
export type TaxRate = { readonly numerator: number; readonly denominator: number };

/** What a rate came to on an order. */
export type TaxTotal = {
  readonly rate: TaxRate;
  readonly country: string;
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
};

export type Reason = { readonly kind: string; readonly data?: Record<string, unknown> };

/** Which legal entity, place, channel and day a document belongs to, decided when it is written [foundations 5]. */
export type DocumentPlace = {
  readonly entity_id: EntityId;
  readonly place_id: PlaceId | null;
  readonly channel_id: ChannelId;
  readonly business_date: BusinessDate;
  readonly time_zone: string;
};

/** An order as `orders.place` writes it, in minor units; its states are computed by the database. */
export type NewOrder = DocumentPlace & {
  readonly id: OrderId;
  /** Absent: the book gives the next of its own. */
  readonly number?: string;
  readonly cart_id: CartId | null;
  readonly mode: OrderMode;
  readonly external_id: string | null;
  readonly record_id: RecordId | null;
  readonly placed_at: Date;
  readonly currency: string;
  readonly subtotal: number;
  readonly discount: number;
  readonly tax: number;
  readonly tax_included: boolean;
  readonly total: number;
  readonly taxes: readonly TaxTotal[];
  /** What an imported document said; ours is `total`. */
  readonly source_total: number | null;
  readonly because: readonly Reason[];
  readonly paid: number;
  readonly due: number;
  readonly points_earned: number;
  readonly units_ordered: number;
  readonly units_fulfilled: number;
  /** What was said about the whole; left out, or null: nothing. */
  readonly note?: string | null;
};

/** What of a line is a deposit on its packaging: `each` for one piece with its tax, the rest for all units that were ordered. */
export type LineDeposit = {
  readonly code: string;
  readonly name: LocalizedText;
  readonly each: number;
  readonly net: number;
  readonly tax: number;
  readonly total: number;
  readonly taxRate: TaxRate;
};

export type NewOrderLine = {
  readonly id: LineId;
  /** `delivery`: what shipping costs; it names no goods. */
  readonly kind: "goods" | "delivery";
  readonly position: number;
  readonly variant_id: VariantId | null;
  readonly product_id: ProductId | null;
  readonly sku: string;
  readonly name: LocalizedText;
  readonly options: readonly { readonly group: string; readonly value: string; readonly name: LocalizedText }[];
  readonly unit: "piece" | "gram";
  readonly unit_price: UnitPrice;
  readonly ordered: number;
  readonly allocated: number;
  readonly fulfilled: number;
  readonly subtotal: number;
  readonly discount: number;
  readonly net: number;
  readonly tax: number;
  readonly total: number;
  readonly tax_class: string | null;
  /** Of the goods; the deposit, which is in net, tax and total, says its own. */
  readonly tax_rate: TaxRate;
  readonly deposit: LineDeposit | null;
  readonly because: readonly Reason[];
  /** What was said about it; left out, or null: nothing. */
  readonly note?: string | null;
  /** Its weight was typed in, no scale said it. */
  readonly is_typed?: boolean;
  /** What its code said of this very one; left out, or null: no code was read [BAT-1]. */
  readonly trace?: Trace | null;
};

/** What bears one rate of a line, or of units of it. */
export type RatedPart = { readonly rate: TaxRate; readonly net: number; readonly tax: number; readonly total: number };

type Units = { readonly quantity: number; readonly total: number; readonly tax: number };

/** What of `quantity` units of a line is its deposit: its share of what was paid for all of them; nothing where it carries none. */
export function depositOf(
  { deposit, ordered }: Pick<NewOrderLine, "deposit" | "ordered">,
  quantity: number,
): { readonly total: number; readonly tax: number } {
  const share = (of: number) => Number((BigInt(of) * BigInt(quantity)) / BigInt(ordered));
  return deposit ? { total: share(deposit.total), tax: share(deposit.tax) } : { total: 0, tax: 0 };
}

/** Units of a line by the rates that they bear [PRC-22]: the goods theirs, and a deposit its own. The parts add up to what is given. */
export function ratedParts(line: Pick<NewOrderLine, "deposit" | "ordered" | "tax_rate">, { quantity, total, tax }: Units): RatedPart[] {
  const deposit = depositOf(line, quantity);
  const goods = { total: total - deposit.total, tax: tax - deposit.tax };
  const part = (rate: TaxRate, of: { readonly total: number; readonly tax: number }) => ({ rate, ...of, net: of.total - of.tax });
  return line.deposit ? [part(line.tax_rate, goods), part(line.deposit.taxRate, deposit)] : [part(line.tax_rate, goods)];
}

export type ContributionStep = "cart" | "payment" | "hand_over" | "advice" | "picking" | "return";

export type NewContribution = {
  readonly position: number;
  readonly step: ContributionStep;
  readonly channel_id: ChannelId;
  readonly place_id: PlaceId | null;
  readonly staff_id: StaffId | null;
  readonly staff_name: string | null;
  readonly at: Date;
};

export type NewContact = {
  readonly record_id: RecordId | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** In which they ordered; null when their channel did not say. */
  readonly language: Locale | null;
};

/** `on_account`: a company owes it; `authorized`: a card has agreed to it. Neither is paid. */
export type PaymentState = "unpaid" | "due_at_collection" | "authorized" | "on_account" | "partly_paid" | "paid" | "refunded";
export type FulfillmentState = "none" | "open" | "ready" | "fulfilled" | "canceled";
export type OrderState = "placed" | "closed" | "canceled";

/** The three independent axes, computed from amounts and quantities by the database alone [ORD-3]. */
export type OrderStates = {
  readonly state: OrderState;
  readonly payment_state: PaymentState;
  readonly fulfillment_state: FulfillmentState;
};

/** The kind of a channel and the name of a place, as the one who presents knows them. */
export type Names = {
  readonly channelKind: (id: ChannelId) => ChannelKind;
  readonly placeName: (id: PlaceId) => string | null;
};
