import type { CartId, LineId, PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import { goodsStates } from "../../promises/index.ts";
import { aheadSnapshot } from "../../stock/index.ts";
import { sharesOf, type StoredLine } from "../domain/index.ts";

/**
 * The lines with how many more of each are sold before they are there, and until when those come [CRT-31], at the places that they come from.
 * What is not on the market yet counts as not there. No statement for a cart without such goods.
 */
export async function withAhead(
  ctx: Pick<ReadCtx, "db" | "snapshots">,
  lines: readonly StoredLine[],
  placeId: PlaceId | null,
): Promise<readonly StoredLine[]> {
  if (placeId === null) return lines;
  const sold = await ctx.snapshots.current(aheadSnapshot);
  const asked = lines.filter((line) => sharesOf(line, placeId).some((share) => sold.isAt(line.variantId, share.placeId)));
  if (asked.length === 0) return lines;
  const places = [...new Set(asked.flatMap((line) => sharesOf(line, placeId).map((share) => share.placeId)))];
  const stateAt = await goodsStates(
    ctx,
    asked.map(({ variantId }) => variantId),
    places,
  );
  return lines.map((line) => {
    if (!asked.includes(line)) return line;
    const told = <T extends { readonly available: number | null }>(share: T, at: PlaceId): T => {
      const { ahead } = stateAt(line.variantId, at);
      if (!ahead) return share;
      return { ...share, ahead, available: ahead.kind === "preorder" ? 0 : share.available };
    };
    return line.shares ? { ...line, shares: line.shares.map((share) => told(share, share.placeId)) } : told(line, placeId);
  });
}

/** The same with what the cart waits for itself while its payment is asked for: that is left for it, and for nobody else. */
export async function withOwnWaits(
  ctx: Pick<ReadCtx, "db">,
  cartId: CartId,
  lines: readonly StoredLine[],
  home: PlaceId | null,
): Promise<readonly StoredLine[]> {
  const { rows } = await sql<{ lineId: LineId; placeId: PlaceId; quantity: number }>`
    select line_id as "lineId", place_id as "placeId", quantity from stock.read_waiting_cart where cart_id = ${cartId}`.execute(ctx.db);
  if (rows.length === 0) return lines;
  return lines.map((line) => {
    const withOwn = <T extends Pick<StoredLine, "ahead">>(share: T, at: PlaceId | null): T => {
      const own = rows.find(({ lineId, placeId }) => lineId === line.id && placeId === at);
      return share.ahead && own ? { ...share, ahead: { ...share.ahead, left: share.ahead.left + own.quantity } } : share;
    };
    return line.shares ? { ...line, shares: line.shares.map((share) => withOwn(share, share.placeId)) } : withOwn(line, home);
  });
}
