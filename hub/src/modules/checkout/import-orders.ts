import type { LocalizedText } from "@weft/contracts";
import {
  lineTotal,
  newId,
  type BusinessDate,
  type ChannelId,
  type EntityId,
  type LineId,
  type OrderId,
  type PlaceId,
  type ProductId,
  type RecordId,
  type TenderId,
  type UnitPrice,
  type VariantId,
} from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";

export type ImportedLine = {
  readonly sku: string;
  readonly variantId: VariantId | null;
  readonly productId: ProductId | null;
  readonly name: LocalizedText;
  readonly options: readonly { readonly group: string; readonly value: string; readonly name: LocalizedText }[];
  readonly quantity: number;
  readonly returned: number;
  /** At full scale, tax included where the order says so. */
  readonly unitPrice: UnitPrice;
  readonly taxClass: string | null;
  /** The rate that was in the price, as far as it is known; null is no tax. */
  readonly taxRate: { readonly numerator: number; readonly denominator: number } | null;
};

/** An order as another system kept it. Its key is (channel, external id), which does not expire [ORD-1]. */
export type ImportedOrder = {
  readonly id: OrderId;
  readonly externalId: string;
  readonly recordId: RecordId | null;
  readonly entityId: EntityId;
  readonly placeId: PlaceId | null;
  readonly channelId: ChannelId;
  readonly businessDate: BusinessDate;
  readonly timeZone: string;
  readonly placedAt: Date;
  readonly currency: string;
  readonly lines: readonly ImportedLine[];
  /** What the source says the total was; kept beside ours. */
  readonly sourceTotal: number | null;
  readonly refunded: number;
};

/**
 * Completion in mode `imported`: orders with lines and tenders as history, many in three statements. No stock, no points, no messages,
 * no fiscal entry, no fact [CHK-10]. An order that is known is left alone, so the same file may be read again. Answers how many were new.
 */
export async function importOrders(ctx: Ctx, orders: readonly ImportedOrder[]): Promise<number> {
  const rows = orders.map((order) => rowsOf(order));
  const { rows: fresh } = await sql<{ id: OrderId }>`
    select id from orders.import(${JSON.stringify(rows.map(({ order }) => order))}::json, ${JSON.stringify(rows.flatMap(({ lines }) => lines))}::json) as id`.execute(
    ctx.db,
  );
  const isFresh = new Set(fresh.map(({ id }) => id));
  const tenders = rows.filter(({ order, tender }) => isFresh.has(order.id) && tender.amount > 0).map(({ tender }) => tender);
  if (tenders.length > 0) await sql`select payments.import(${JSON.stringify(tenders)}::json)`.execute(ctx.db);
  return fresh.length;
}

function rowsOf(order: ImportedOrder) {
  const lines = order.lines.map((line, index) => lineRow(order.id, line, index));
  const sum = (pick: (line: (typeof lines)[number]) => number) => lines.reduce((total, line) => total + pick(line), 0);
  const total = sum((line) => line.total);
  const placed = {
    entity_id: order.entityId,
    place_id: order.placeId,
    channel_id: order.channelId,
    business_date: order.businessDate,
    time_zone: order.timeZone,
  };
  return {
    order: {
      ...placed,
      id: order.id,
      external_id: order.externalId,
      record_id: order.recordId,
      placed_at: order.placedAt.toISOString(),
      currency: order.currency,
      subtotal: total,
      discount: 0,
      tax: sum((line) => line.tax),
      tax_included: true,
      total,
      taxes: taxesOf(lines, order.currency),
      source_total: order.sourceTotal,
      because: [],
      paid: total,
      refunded: order.refunded,
      units_ordered: sum((line) => line.ordered),
      units_returned: sum((line) => line.returned),
    },
    lines,
    tender: {
      ...placed,
      id: newId<TenderId>(),
      order_id: order.id,
      currency: order.currency,
      amount: total,
      at: order.placedAt.toISOString(),
    },
  };
}

const NO_TAX = { numerator: 0, denominator: 1 };

function lineRow(orderId: OrderId, line: ImportedLine, index: number) {
  const rate = line.taxRate ?? NO_TAX;
  const total = lineTotal(line.unitPrice, line.quantity);
  // The tax that is in a price with tax: total × n / (d + n), rounded once per line because the source rounded somehow.
  const tax = Math.round((total * rate.numerator) / (rate.denominator + rate.numerator));
  return {
    id: newId<LineId>(),
    order_id: orderId,
    position: index + 1,
    variant_id: line.variantId,
    product_id: line.productId,
    sku: line.sku,
    name: line.name,
    options: line.options,
    unit_price: line.unitPrice,
    ordered: line.quantity,
    returned: line.returned,
    subtotal: total,
    net: total - tax,
    tax,
    total,
    tax_class: line.taxClass,
    tax_rate: rate,
  };
}

function taxesOf(lines: readonly ReturnType<typeof lineRow>[], currency: string) {
  const shares = new Map<string, { rate: { numerator: number; denominator: number }; net: number; tax: number }>();
  for (const { tax_rate: rate, net, tax } of lines) {
    const key = `${rate.numerator}/${rate.denominator}`;
    const share = shares.get(key) ?? { rate, net: 0, tax: 0 };
    shares.set(key, { rate, net: share.net + net, tax: share.tax + tax });
  }
  return [...shares.values()].map((share) => ({ ...share, gross: share.net + share.tax, currency }));
}
