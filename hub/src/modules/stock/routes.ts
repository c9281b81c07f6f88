import type { StockLevelView } from "@weft/contracts";
import { asIdOrNull, err, ok, type PlaceId, type Result, type VariantId } from "@weft/kernel";
import { z } from "zod";
import { pageFrom, read, readCursor, write, type Ctx, type ReadCtx, type Route } from "../../platform/index.ts";
import { catalogSnapshot, fullName, type Catalog } from "../catalog/index.ts";
import { placesSnapshot, type Places } from "../places/index.ts";
import { askedRoutes } from "./asked-routes.ts";
import { enterStock, setAhead, setSafety } from "./commands/index.ts";
import { documentRoutes } from "./document-routes.ts";
import { LOW_UNITS, type Level, type StockEntry } from "./domain/index.ts";
import { STOCK_PROBLEMS, type StockError } from "./errors.ts";
import { conflictPage, movementPage } from "./queries/history.ts";
import { levelPage, type ListedLevel } from "./queries/levels.ts";
import { trackedVariants } from "./queries/tracked-variants.ts";
import { countedGoods, ownPlace, reachOf } from "./reach.ts";

const LevelCursor = z.object({ variantId: z.uuid(), placeId: z.uuid() });
const IdCursor = z.uuid();

export const stockRoutes: readonly Route[] = [
  ...documentRoutes,
  ...askedRoutes,
  read(
    "stock.list",
    async (ctx, { query }) => {
      const placeIds = reachOf(ctx.actor, query.placeId);
      if (!placeIds.ok) return placeIds;
      const catalog = await ctx.snapshots.current(catalogSnapshot);
      const rows = await levelPage(ctx, {
        variantIds: trackedVariants(catalog, query.query),
        placeIds: placeIds.value,
        lowUnits: query.low ? LOW_UNITS : null,
        after: readCursor(LevelCursor, query.cursor) as Pick<Level, "variantId" | "placeId"> | null, // brands exist only in types, here and below
        limit: query.limit + 1,
      });
      const places = await ctx.snapshots.current(placesSnapshot);
      return ok(
        pageFrom(
          rows,
          query.limit,
          (level) => presentLevel(level, catalog, places),
          ({ variantId, placeId }) => ({ variantId, placeId }),
        ),
      );
    },
    { problems: STOCK_PROBLEMS },
  ),
  read(
    "stock.movements",
    async (ctx, { query }) => {
      const placeIds = reachOf(ctx.actor, query.placeId);
      if (!placeIds.ok) return placeIds;
      const variantId = asIdOrNull<VariantId>(query.variantId);
      const rows = await movementPage(ctx, {
        variantId,
        placeIds: placeIds.value,
        before: readCursor(IdCursor, query.cursor),
        limit: query.limit + 1,
      });
      return ok(
        pageFrom(
          rows,
          query.limit,
          (movement) => ({ ...movement, at: movement.at.toISOString() }),
          ({ id }) => id,
        ),
      );
    },
    { problems: STOCK_PROBLEMS },
  ),
  read(
    "stock.conflicts",
    async (ctx, { query }) => {
      const placeIds = reachOf(ctx.actor, undefined);
      if (!placeIds.ok) return placeIds;
      const rows = await conflictPage(ctx, {
        state: query.state,
        placeIds: placeIds.value,
        before: readCursor(IdCursor, query.cursor),
        limit: query.limit + 1,
      });
      const catalog = await ctx.snapshots.current(catalogSnapshot);
      const item = (row: (typeof rows)[number]) => ({
        ...row,
        at: row.at.toISOString(),
        sku: catalog.variantOf(row.variantId)?.variant.sku ?? "",
      });
      return ok(pageFrom(rows, query.limit, item, ({ id }) => id));
    },
    { problems: STOCK_PROBLEMS },
  ),
  write(
    "stock.move",
    async (ctx, { body }) => {
      const at = await findLevel(ctx, body.sku, body.placeId);
      if (!at.ok) return at;
      const entry: StockEntry = { ...at.value, ...body, placeId: at.value.placeId };
      const entered = await enterStock(ctx, entry);
      return entered.ok ? answerLevel(ctx, at.value) : entered;
    },
    { problems: STOCK_PROBLEMS },
  ),
  write(
    "stock.setSafety",
    async (ctx, { body }) => {
      const at = await findLevel(ctx, body.sku, body.placeId);
      if (!at.ok) return at;
      const { safety, lowAt } = body;
      const set = await setSafety(ctx, { ...at.value, safety, ...(lowAt !== undefined && { lowAt }) });
      return set.ok ? answerLevel(ctx, at.value) : set;
    },
    { problems: STOCK_PROBLEMS },
  ),
  write(
    "stock.setAhead",
    async (ctx, { body: { sku, placeId, ...terms } }) => {
      const at = await findLevel(ctx, sku, placeId);
      if (!at.ok) return at;
      const set = await setAhead(ctx, { ...at.value, ...terms });
      return set.ok ? answerLevel(ctx, at.value) : set;
    },
    { problems: STOCK_PROBLEMS },
  ),
];

type LevelKey = { readonly variantId: VariantId; readonly placeId: PlaceId };

/** Of what and where a person books: known, counted, and a place in reach. */
async function findLevel(ctx: Ctx, sku: string, place: string): Promise<Result<LevelKey, StockError>> {
  const placeId = await ownPlace(ctx, place);
  if (!placeId.ok) return placeId;
  const variantId = await countedGoods(ctx, sku);
  return variantId.ok ? ok({ variantId: variantId.value, placeId: placeId.value }) : variantId;
}

async function answerLevel(ctx: ReadCtx, { variantId, placeId }: LevelKey): Promise<Result<StockLevelView, StockError>> {
  const [level] = await levelPage(ctx, { variantIds: [variantId], placeIds: [placeId], lowUnits: null, after: null, limit: 1 });
  if (!level) return err({ code: "stock.level_unknown", variantId, placeId });
  return ok(presentLevel(level, await ctx.snapshots.current(catalogSnapshot), await ctx.snapshots.current(placesSnapshot)));
}

function presentLevel(level: ListedLevel, catalog: Catalog, { places }: Places): StockLevelView {
  const { variantId, placeId, onHand, allocated, held, safety, available, incoming, lowAt, ahead } = level;
  const goods = catalog.variantOf(variantId);
  return {
    variantId,
    placeId,
    onHand,
    allocated,
    held,
    safety,
    sku: goods?.variant.sku ?? "",
    name: goods ? fullName(goods.product.name, goods.variant.name) : { en: "" },
    placeName: places.get(placeId)?.name ?? "",
    available: Math.max(0, available),
    incoming,
    lowAt,
    ahead,
  };
}
