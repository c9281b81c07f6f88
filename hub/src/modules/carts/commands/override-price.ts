import type { CartOperation } from "@weft/contracts";
import { err, ok, type LineId } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import { mostOff, overriddenOffer, type LoadedCart, type OperationFacts, type PriceHold } from "../domain/index.ts";
import { assessCart } from "../queries/assess-cart.ts";

/** Days for which a price that staff gave holds; an offer holds it as long as it stands. */
const OVERRIDE_DAYS = 7;

/**
 * The prices that staff of the office may give the lines of a cart [CRT-23], against those of its lists; undefined for everybody else, and
 * without pricing anything where no operation asks for it.
 */
export async function overrideJudge(
  ctx: Ctx,
  cart: LoadedCart,
  operations: readonly CartOperation[],
): Promise<NonNullable<OperationFacts["overrideFor"]> | undefined> {
  const { staff } = ctx.actor;
  if (!staff || !operations.some(({ kind }) => kind === "setPrice")) return undefined;
  const most = mostOff(staff.roles);
  const { lines } = (
    await assessCart(ctx.snapshots, { ...cart, lines: cart.lines.map((line) => ({ ...line, priceHold: null })) }, { at: ctx.now })
  ).priced;
  const listed = new Map<LineId, (typeof lines)[number]>(lines.map((line) => [line.lineId, line]));
  return (line, unitAmount, reason) => {
    const own = listed.get(line.id);
    const offer = overriddenOffer(
      own && { unitPrice: own.unitPrice, listId: own.listId, taxIncluded: own.taxIncluded, minQuantity: own.minQuantity },
      unitAmount,
      most,
    );
    if (!offer.ok || !own) return offer.ok ? err({ code: "price.unknown", data: {} }) : offer;
    const hold: PriceHold = {
      ...offer.value,
      channelId: cart.sellingChannelId,
      cap: overrideEnd(ctx.now),
      override: { insteadOf: own.unitPrice, reason },
    };
    return ok(hold);
  };
}

const overrideEnd = (now: Date): Date => new Date(now.getTime() + OVERRIDE_DAYS * 86_400_000);
