import type { PlaceId, UnitPrice } from "@weft/kernel";
import type { ReadCtx } from "../../../platform/index.ts";
import { sellingPlace } from "../../carts/index.ts";
import { priceChooser, pricingSnapshot } from "../../pricing/index.ts";
import type { Service } from "../domain/index.ts";
import { soldAs } from "./services.ts";

type Reader = Pick<ReadCtx, "snapshots" | "actor" | "now">;
type Sold = { readonly sku: string; readonly price: UnitPrice | null };

/** What services are sold as, and what one seat costs on the caller's channel before promotions; no price for who sells on none. In memory. */
export async function pricesOf(ctx: Reader, placeId: PlaceId | null): Promise<(service: Service) => Promise<Sold | null>> {
  const choose = await chooserAt(ctx, placeId);
  return async ({ variantId }) => {
    const sold = await soldAs(ctx, variantId);
    return sold ? { sku: sold.variant.sku, price: choose?.(sold.variant.id, 1)?.unitPrice ?? null } : null;
  };
}

async function chooserAt({ snapshots, actor: { channelId }, now: at }: Reader, wanted: PlaceId | null) {
  if (channelId === null) return null;
  const { currency, placeId, groupIds, timeZone } = await sellingPlace(snapshots, channelId, wanted);
  const where = { at, currency, channelId, ...(placeId && { placeId }), groupIds, customerGroups: [], timeZone };
  return priceChooser(await snapshots.current(pricingSnapshot), where);
}
