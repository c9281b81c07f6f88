import type { CartOperation } from "@weft/contracts";
import type { Ctx } from "../../../platform/index.ts";
import { shipmentFor } from "../../promises/index.ts";
import type { Draft, LoadedCart } from "../domain/index.ts";
import { sellingPlace } from "../queries/assess-cart.ts";

/**
 * The draft at the place that ships it [PRM-10]: chosen anew with every change, because another line or another country may need another
 * place. Where nothing ships to that country the place stays, and a requirement says so. A cart that ships nothing costs no statement.
 */
export async function shippedFrom(ctx: Ctx, cart: LoadedCart, draft: Draft): Promise<Draft> {
  if (draft.wanted?.kind !== "ship") return draft;
  const { address, lines, wanted } = draft;
  const country = address?.country ?? (await sellingPlace(ctx.snapshots, cart.sellingChannelId, null)).country;
  const shipment = await shipmentFor(
    ctx,
    {
      channelId: cart.sellingChannelId,
      country,
      postcode: address?.postcode ?? null,
      methodId: wanted.methodId ?? null,
      goods: lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
    },
    ctx.now,
    (variantId, placeId) =>
      cart.holds.reduce((sum, hold) => (hold.variantId === variantId && hold.placeId === placeId ? sum + hold.quantity : sum), 0),
  );
  return shipment ? { ...draft, placeId: shipment.place.id } : draft;
}

/** An operation as it is kept: the address lies in one place only, so that it is forgotten in one place. */
export function withoutAddress(operation: CartOperation): CartOperation {
  return operation.kind === "setAddress" ? { ...operation, address: null } : operation;
}
