import { err, ok, type Id, type PlaceId, type Result, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { quantityProblem, type StockEntry } from "../domain/index.ts";
import type { StockError } from "../errors.ts";

type EntryId = Id<"stock entry">;

/**
 * Books a receipt, waste, correction or count, with who and why. A count is refused when the figure it began with has changed [STK-7].
 * Errors: `stock.quantity_invalid`, `stock.level_unknown`, `stock.count_outdated`. Publishes `stock.changed.v1`.
 */
export async function enterStock(ctx: Ctx, entry: StockEntry): Promise<Result<void, StockError>> {
  const problem = quantityProblem(entry);
  if (problem)
    return err({ code: "stock.quantity_invalid", quantity: entry.kind === "count" ? entry.counted : entry.quantity, because: problem });
  const { variantId, placeId } = entry;
  const { before, booked } = await book(ctx, entry);
  if (before === null) return err({ code: "stock.level_unknown", variantId, placeId });
  if (booked || entry.kind !== "count") return ok(undefined);
  return err({ code: "stock.count_outdated", variantId, placeId, startedFrom: entry.changeFromQuantity, onHand: before });
}

async function book(ctx: Ctx, entry: StockEntry): Promise<{ before: number | null; booked: boolean }> {
  const { kind, variantId, placeId, reason } = entry;
  const quantity = entry.kind === "count" ? entry.counted : entry.kind === "waste" ? -entry.quantity : entry.quantity;
  const startedFrom = entry.kind === "count" ? entry.changeFromQuantity : null;
  const { channelId, staff } = ctx.actor;
  const { rows } = await sql<{ before: number | null; booked: boolean }>`
    select on_hand_before as before, booked
      from stock.enter(${ctx.newId<EntryId>()}, ${kind}, ${variantId}, ${placeId}, ${quantity}, ${startedFrom},
                       ${channelId}, ${staff?.id ?? null}, ${staff?.name ?? null}, ${reason})`.execute(ctx.db);
  const [row] = rows;
  if (!row) throw new Error("stock.enter answers one row");
  return row;
}

/** One line of a delivery. `entryId` is its own for ever: the same entry read again changes nothing [STK-6]. */
export type StockReceipt = {
  readonly entryId: string;
  readonly variantId: VariantId;
  readonly placeId: PlaceId;
  readonly quantity: number;
  /** Safety stock of a level that this receipt makes. */
  readonly safety: number;
};

/** Books receipts in bulk and makes the levels that are missing. Answers how many were new. Publishes `stock.changed.v1` for each level. */
export async function receiveStock(ctx: Ctx, receipts: readonly StockReceipt[], reason: string): Promise<number> {
  const { rows } = await sql<{ received: number }>`
    select stock.receive(${receipts.map(({ entryId }) => entryId)}::uuid[], ${receipts.map(({ variantId }) => variantId)}::uuid[],
      ${receipts.map(({ placeId }) => placeId)}::uuid[], ${receipts.map(({ quantity }) => quantity)}::integer[],
      ${receipts.map(({ safety }) => safety)}::integer[], ${reason}) as received`.execute(ctx.db);
  return rows[0]?.received ?? 0;
}
