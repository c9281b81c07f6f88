import type { StoreView } from "@weft/contracts";
import { err, ok, type Problems } from "@weft/kernel";
import { presentStore } from "../../modules/places/index.ts";
import { inHandAt, pacesNow, queuesNow } from "../../modules/promises/index.ts";
import { read, type Route } from "../../platform/index.ts";
import { storeById, storePage } from "./query.ts";

type StoresError = { code: "stores.unknown"; storeId: string };
const STORES_PROBLEMS: Problems<StoresError> = { "stores.unknown": { status: 404, title: "There is no such store" } };

/**
 * Within a page, which is one of distance: whoever is farther away than the last of it is on the way for at least as long [PRM-81]. Those that serve nobody
 * come last.
 */
function soonestFirst(stores: readonly StoreView[]): StoreView[] {
  const instant = ({ inHand }: StoreView): number => (inHand ? Date.parse(inHand.at) : Infinity);
  return stores.toSorted((a, b) => (instant(a) === instant(b) ? 0 : instant(a) - instant(b)));
}

export const storesRoutes: readonly Route[] = [
  read(
    "stores.list",
    async (ctx, { query }) => {
      const { items, nextCursor } = await storePage(ctx, query);
      const paceOf = await pacesNow(ctx.snapshots, ctx.now);
      const promising = await queuesNow(ctx.snapshots, ctx.now);
      const stores = items.map(({ place, distanceMeters }) => {
        const inHand = distanceMeters === null ? null : inHandAt(promising(place), distanceMeters, ctx.now);
        return presentStore(place, distanceMeters, ctx.now, paceOf(place), inHand && { ...inHand, at: inHand.at.toISOString() });
      });
      return ok({ items: query.sort === "soonest" ? soonestFirst(stores) : stores, nextCursor });
    },
    { problems: {} },
  ),
  read(
    "stores.read",
    async (ctx, { params }) => {
      const place = await storeById(ctx, params.id);
      if (!place) return err({ code: "stores.unknown", storeId: params.id });
      return ok(presentStore(place, null, ctx.now, (await pacesNow(ctx.snapshots, ctx.now))(place)));
    },
    { problems: STORES_PROBLEMS },
  ),
];
