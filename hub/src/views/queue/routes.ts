import { err, ok, type PlaceId, type Problems } from "@weft/kernel";
import { mayActAt } from "../../modules/access/index.ts";
import { placesSnapshot } from "../../modules/places/index.ts";
import { read, type Route } from "../../platform/index.ts";
import { queuePerformance } from "./read.ts";

type QueueError = { readonly code: "queue.unknown_store" } | { readonly code: "queue.other_place" };
const QUEUE_PROBLEMS: Problems<QueueError> = {
  "queue.unknown_store": { status: 404, title: "There is no such store" },
  "queue.other_place": { status: 403, title: "This is another place than yours" },
};

export const queueRoutes: readonly Route[] = [
  read(
    "queue.performance",
    async (ctx, { params, query }) => {
      const place = (await ctx.snapshots.current(placesSnapshot)).places.get(params.id as PlaceId); // the map answers whether it is one
      if (!place || place.kind === "warehouse") return err<QueueError>({ code: "queue.unknown_store" });
      if (!mayActAt(ctx.actor, place.id)) return err<QueueError>({ code: "queue.other_place" });
      return ok(await queuePerformance(ctx, place, query.days));
    },
    { problems: QUEUE_PROBLEMS },
  ),
];
