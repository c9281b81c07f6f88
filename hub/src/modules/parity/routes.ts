import { asId, asIdOrNull, err, ok, type ChannelId, type PlaceId, type ProductId } from "@weft/kernel";
import { z } from "zod";
import { pageFrom, read, readCursor, write, type Ctx, type Route } from "../../platform/index.ts";
import { startCheck } from "./commands.ts";
import type { CheckId } from "./domain/index.ts";
import { PARITY_PROBLEMS, type ParityError } from "./errors.ts";
import type { ShopWindows } from "./ports.ts";
import { countsOf, listChecks, listDifferences, positionOf, readCheck } from "./queries.ts";
import { showProduct } from "./show-product.ts";

const problems = PARITY_PROBLEMS;
const CheckCursor = z.tuple([z.iso.datetime(), z.uuid()]);
const DifferenceCursor = z.tuple([z.int().min(0).max(2), z.uuid()]);

export const parityRoutes = (shop: ShopWindows): readonly Route[] => [
  read(
    "parity.checks",
    async (ctx, { query }) => {
      const found = await listChecks(ctx, readCursor(CheckCursor, query.cursor), query.limit + 1);
      return ok(
        pageFrom(
          found,
          query.limit,
          (check) => check,
          ({ askedAt, id }) => [askedAt, id],
        ),
      );
    },
    { problems: {} },
  ),
  read(
    "parity.check",
    async (ctx, { params }) => {
      const id = asId<CheckId>(params.id);
      const check = await readCheck(ctx, id);
      return check ? ok({ ...check, counts: await countsOf(ctx, id) }) : err<ParityError>({ code: "parity.unknown" });
    },
    { problems },
  ),
  write(
    "parity.start",
    async (ctx, { body }) => {
      const wanted = { placeId: asIdOrNull<PlaceId>(body.placeId), renewFeedsOf: asIdOrNull<ChannelId>(body.renewFeedsOf) };
      const started = await startCheck(ctx, wanted);
      return started.ok ? ok(await startedCheck(ctx, started.value)) : started;
    },
    { problems },
  ),
  read(
    "parity.differences",
    async (ctx, { query }) => {
      const { verdict, window, attribute, cursor, limit } = query;
      const found = await listDifferences(ctx, {
        verdict: verdict ?? null,
        window: window ?? null,
        attribute: attribute ?? null,
        channelId: asIdOrNull<ChannelId>(query.channelId),
        placeId: asIdOrNull<PlaceId>(query.placeId),
        query: query.query?.trim() || null,
        after: readCursor(DifferenceCursor, cursor),
        limit: limit + 1,
      });
      return ok(pageFrom(found, limit, (row) => row, positionOf));
    },
    { problems: {} },
  ),
  read(
    "parity.product",
    async (ctx, { params, query }) => {
      const shown = await showProduct(ctx, shop, asId<ProductId>(params.id), asIdOrNull<PlaceId>(query.placeId));
      return shown ? ok(shown) : err<ParityError>({ code: "parity.unknown_product" });
    },
    { problems },
  ),
];

async function startedCheck(ctx: Ctx, id: CheckId) {
  const check = await readCheck(ctx, id);
  if (!check) throw new Error("a check that was just asked for is there");
  return check;
}
