import { Readable } from "node:stream";
import type { ParsedQueryOf } from "@weft/contracts";
import { asId, asIdOrNull, err, ok, type ChannelId, type PlaceId, type ProductId } from "@weft/kernel";
import { z } from "zod";
import { dbOn, pageFrom, raw, read, readCursor, write, type Ctx, type RawCall, type Route } from "../../platform/index.ts";
import { startCheck } from "./commands.ts";
import type { CheckId } from "./domain/index.ts";
import { PARITY_PROBLEMS, type ParityError } from "./errors.ts";
import { differencesText } from "./export.ts";
import type { ShopWindows } from "./ports.ts";
import { countsOf, listChecks, listDifferences, positionOf, readCheck, type DifferenceFilter } from "./queries.ts";
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
      const { cursor, limit } = query;
      const found = await listDifferences(ctx, { ...toFilter(query), after: readCursor(DifferenceCursor, cursor), limit: limit + 1 });
      return ok(pageFrom(found, limit, (row) => row, positionOf));
    },
    { problems: {} },
  ),
  raw("parity.export", answerExport),
  read(
    "parity.product",
    async (ctx, { params, query }) => {
      const shown = await showProduct(ctx, shop, asId<ProductId>(params.id), asIdOrNull<PlaceId>(query.placeId));
      return shown ? ok(shown) : err<ParityError>({ code: "parity.unknown_product" });
    },
    { problems },
  ),
];

function toFilter(query: ParsedQueryOf<"parity.differences" | "parity.export">): Omit<DifferenceFilter, "after" | "limit"> {
  const { verdict, window, attribute, channelId, placeId } = query;
  return {
    verdict: verdict ?? null,
    window: window ?? null,
    attribute: attribute ?? null,
    channelId: asIdOrNull<ChannelId>(channelId),
    placeId: asIdOrNull<PlaceId>(placeId),
    query: query.query?.trim() || null,
  };
}

async function answerExport({ reply, around, input }: RawCall) {
  const query = input.query as ParsedQueryOf<"parity.export">; // parsed by this operation's contract
  const lines = differencesText({ ...around, db: dbOn(around.pool) }, toFilter(query), query.language);
  const day = new Date().toISOString().slice(0, 10);
  return reply
    .code(200)
    .header("content-disposition", `attachment; filename="same-everywhere-${day}.csv"`)
    .header("cache-control", "no-store")
    .type("text/csv; charset=utf-8")
    .send(Readable.from(lines, { objectMode: false, highWaterMark: 64 * 1024 }));
}

async function startedCheck(ctx: Ctx, id: CheckId) {
  const check = await readCheck(ctx, id);
  if (!check) throw new Error("a check that was just asked for is there");
  return check;
}
