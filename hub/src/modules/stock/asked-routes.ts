import type { StockAskedLineView } from "@weft/contracts";
import { err, ok } from "@weft/kernel";
import { read, write, type Route } from "../../platform/index.ts";
import { catalogSnapshot, fullName, type Catalog } from "../catalog/index.ts";
import { placesSnapshot, type Places } from "../places/index.ts";
import { declineAsked, sendAsked } from "./commands/index.ts";
import { STOCK_PROBLEMS } from "./errors.ts";
import { presentDocument } from "./present-document.ts";
import { askedLines, type AskedLine } from "./queries/asked.ts";
import { findDocument } from "./queries/documents.ts";
import { knownPlace, ownPlace, reachOf } from "./reach.ts";

const PROBLEMS = { problems: STOCK_PROBLEMS };

/** What orders ask one place for and fetch at another [STK-17]. */
export const askedRoutes: readonly Route[] = [
  read(
    "stock.asked",
    async (ctx, { query }) => {
      const placeIds = reachOf(ctx.actor, query.placeId);
      if (!placeIds.ok) return placeIds;
      const [catalog, places] = [await ctx.snapshots.current(catalogSnapshot), await ctx.snapshots.current(placesSnapshot)];
      return ok({ items: (await askedLines(ctx, placeIds.value)).map((line) => presentAsked(line, catalog, places)) });
    },
    PROBLEMS,
  ),
  write(
    "stock.sendAsked",
    async (ctx, { body }) => {
      const fromPlaceId = await ownPlace(ctx, body.fromPlaceId);
      if (!fromPlaceId.ok) return fromPlaceId;
      const placeId = await knownPlace(ctx, body.placeId);
      if (!placeId.ok) return placeId;
      const { orderLineIds: lineIds, expectedOn, note } = body;
      const sent = await sendAsked(ctx, { fromPlaceId: fromPlaceId.value, placeId: placeId.value, lineIds, expectedOn, note });
      if (!sent.ok) return sent;
      const document = await findDocument(ctx, sent.value);
      return document ? ok(await presentDocument(ctx, document)) : err({ code: "stock.document_unknown" as const });
    },
    PROBLEMS,
  ),
  write(
    "stock.declineAsked",
    async (ctx, { body }) => {
      const fromPlaceId = await ownPlace(ctx, body.fromPlaceId);
      if (!fromPlaceId.ok) return fromPlaceId;
      const placeId = await knownPlace(ctx, body.placeId);
      if (!placeId.ok) return placeId;
      const { orderLineIds: lineIds, reason } = body;
      const declined = await declineAsked(ctx, { fromPlaceId: fromPlaceId.value, placeId: placeId.value, lineIds, reason });
      return declined.ok ? ok({ units: declined.value }) : declined;
    },
    PROBLEMS,
  ),
];

function presentAsked(line: AskedLine, catalog: Catalog, { places }: Places): StockAskedLineView {
  const { orderLineId, orderId, variantId, fromPlaceId, placeId, quantity, dueOn, askedAt } = line;
  const goods = catalog.variantOf(variantId);
  return {
    orderLineId,
    orderId,
    sku: goods?.variant.sku ?? "",
    name: goods ? fullName(goods.product.name, goods.variant.name) : { en: "" },
    quantity,
    fromPlaceId,
    fromPlaceName: places.get(fromPlaceId)?.name ?? "",
    placeId,
    placeName: places.get(placeId)?.name ?? "",
    dueOn,
    askedAt: askedAt.toISOString(),
  };
}
