import { asId, type LineId, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";

/** What a line of an order takes from stock; of goods with parts there is one for each. */
export type TakenLine = {
  readonly lineId: LineId;
  readonly of: LineId;
  readonly variantId: VariantId;
  readonly per: number;
};

/** Keeps which lines stock knows by their parts, as they are sold now [CAT-11]. A sale without such goods costs no statement. */
export async function noteParts(ctx: Ctx, lines: readonly TakenLine[]): Promise<void> {
  // Of a line that several places send there is one for each of them.
  const parts = [...new Map(lines.filter(({ lineId, of }) => lineId !== of).map((line) => [line.lineId, line])).values()];
  if (parts.length === 0) return;
  await ctx.db
    .insertInto("stock.part")
    .values(
      parts.map(({ of, lineId, variantId, per }) => ({ order_line_id: of, part_line_id: lineId, variant_id: variantId, quantity: per })),
    )
    .execute();
}

export type ReturnedLine = {
  readonly lineId: string;
  readonly orderLineId: string;
  readonly variantId: VariantId;
  readonly quantity: number;
};

/**
 * What comes back on the shelf of returned units: the goods, or their parts as they were sold, each under a line id of its own that is kept
 * as those of the sale are.
 */
export async function returnedInParts(ctx: Ctx, lines: readonly ReturnedLine[]): Promise<Omit<ReturnedLine, "orderLineId">[]> {
  const { rows } = await sql<{ orderLineId: string; variantId: VariantId; quantity: number }>`
    select order_line_id as "orderLineId", variant_id as "variantId", quantity from stock.part
     where order_line_id = any (${lines.map(({ orderLineId }) => orderLineId)}::uuid[]) order by part_line_id`.execute(ctx.db);
  const inParts = lines.flatMap(({ lineId, orderLineId, variantId, quantity }) => {
    const parts = rows.filter((row) => row.orderLineId === orderLineId);
    if (parts.length === 0) return [{ lineId: asId<LineId>(lineId), of: asId<LineId>(lineId), variantId, per: 1, quantity }];
    return parts.map((part) => ({
      lineId: ctx.newId<LineId>(),
      of: asId<LineId>(lineId),
      variantId: part.variantId,
      per: part.quantity,
      quantity: quantity * part.quantity,
    }));
  });
  await noteParts(ctx, inParts);
  return inParts;
}
