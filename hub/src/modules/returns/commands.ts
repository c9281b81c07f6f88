import type { LocalizedText } from "@weft/contracts";
import {
  lineTotal,
  type BusinessDate,
  type ChannelId,
  type EntityId,
  type Id,
  type OrderId,
  type PlaceId,
  type RecordId,
  type UnitPrice,
  type VariantId,
} from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";

export type ReturnId = Id<"return">;

export type ImportedReturnLine = {
  readonly sku: string;
  readonly variantId: VariantId | null;
  readonly name: LocalizedText;
  /** Units that came back: positive. */
  readonly quantity: number;
  readonly unitPrice: UnitPrice;
};

/** A return as another system kept it. Its key is (channel, external id), which does not expire [RET-1]. */
export type ImportedReturn = {
  readonly id: ReturnId;
  readonly externalId: string;
  readonly orderId: OrderId | null;
  readonly recordId: RecordId | null;
  readonly entityId: EntityId;
  readonly placeId: PlaceId | null;
  readonly channelId: ChannelId;
  readonly businessDate: BusinessDate;
  readonly timeZone: string;
  readonly at: Date;
  readonly currency: string;
  readonly lines: readonly ImportedReturnLine[];
};

/** Writes returns as history, many in one statement; one that is known is left alone. Answers how many were new. */
export async function importReturns(ctx: Ctx, returns: readonly ImportedReturn[]): Promise<number> {
  const rows = returns.map((given) => rowsOf(ctx, given));
  const { rows: fresh } = await sql`
    select id from returns.import(${JSON.stringify(rows.map(({ row }) => row))}::json,
                                  ${JSON.stringify(rows.flatMap(({ lines }) => lines))}::json) as id`.execute(ctx.db);
  return fresh.length;
}

function rowsOf(ctx: Ctx, { lines: given, ...document }: ImportedReturn) {
  const lines = given.map((line, index) => ({
    id: ctx.newId<Id<"return line">>(),
    return_id: document.id,
    position: index + 1,
    variant_id: line.variantId,
    sku: line.sku,
    name: line.name,
    quantity: line.quantity,
    unit_price: line.unitPrice,
    total: lineTotal(line.unitPrice, line.quantity),
  }));
  const { id, externalId, orderId, recordId, entityId, placeId, channelId, businessDate, timeZone, at, currency } = document;
  const row = {
    id,
    external_id: externalId,
    order_id: orderId,
    record_id: recordId,
    entity_id: entityId,
    place_id: placeId,
    channel_id: channelId,
    business_date: businessDate,
    time_zone: timeZone,
    at,
    currency,
    total: lines.reduce((sum, line) => sum + line.total, 0),
  };
  return { row, lines };
}
