import { err, ok, type Problems } from "@weft/kernel";
import { presentStore } from "../../modules/places/index.ts";
import { pacesNow } from "../../modules/promises/index.ts";
import { read, type Route } from "../../platform/index.ts";
import { storeById, storePage } from "./query.ts";

type StoresError = { code: "stores.unknown"; storeId: string };
const STORES_PROBLEMS: Problems<StoresError> = { "stores.unknown": { status: 404, title: "There is no such store" } };

export const storesRoutes: readonly Route[] = [
  read(
    "stores.list",
    async (ctx, { query }) => {
      const { items, nextCursor } = await storePage(ctx, query);
      const paceOf = await pacesNow(ctx.snapshots, ctx.now);
      return ok({
        items: items.map(({ place, distanceMeters }) => presentStore(place, distanceMeters, ctx.now, paceOf(place))),
        nextCursor,
      });
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
