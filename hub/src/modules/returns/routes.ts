import { asId, asIdOrNull, err, ok, type OrderId, type PlaceId } from "@weft/kernel";
import { z } from "zod";
import { auditWrite } from "../access/index.ts";
import { catalogSnapshot } from "../catalog/index.ts";
import { channelAt } from "../channels/index.ts";
import { customerOf, recordIdOf, recordsOf } from "../customers/index.ts";
import { pageFrom, read, readCursor, write, type Actor, type Ctx, type Input, type ReadCtx, type Route } from "../../platform/index.ts";
import type { ReturnId } from "./commands.ts";
import { bookingCancelRoutes } from "./cancel-booking.ts";
import { RETURN_PROBLEMS, type ReturnError } from "./errors.ts";
import { readUnits, returnOffer } from "./offer.ts";
import { listReturns, readReturn } from "./queries.ts";
import { toUnits } from "./brought.ts";
import { announcedDay } from "./requests/decide.ts";
import type { RequestId } from "./requests/read.ts";
import { requestRoutes, type RequestDeps } from "./requests/routes.ts";
import { isFaultyOnly, policyOfPlace } from "./standing.ts";
import { takeReturn } from "./take-return.ts";
import { unprovenRoutes } from "./unproven/routes.ts";

const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** What came back, and what is announced to. A secret key lists its own channel's. */
export const returnsRoutes = (deps: RequestDeps): readonly Route[] => [
  ...bookingCancelRoutes,
  ...requestRoutes(deps),
  ...unprovenRoutes(deps),
  read("returns.terms", async (ctx, { query }) => ok(await termsOf(ctx, query.storeId, query.sku)), { problems: {} }),
  read("returns.list", list, {
    problems: {},
    audit: ({ query }) => (query.customerId === undefined ? null : `customer/${query.customerId}`),
  }),
  read(
    "returns.read",
    async (ctx, { params }) => {
      const found = await readReturn(ctx, asId<ReturnId>(params.id));
      return found ? ok(found) : err<ReturnError>({ code: "return.unknown" });
    },
    { problems: RETURN_PROBLEMS, audit: (_input, { customerId }) => customerId && `customer/${customerId}` },
  ),
  read(
    "returns.offer",
    async (ctx, { params, query }) => {
      const placeId = asId<PlaceId>(query.placeId);
      const counter = { placeId, channelId: await channelHere(ctx, placeId) };
      const requestId = asIdOrNull<RequestId>(query.requestId);
      const announced = requestId ? await announcedDay(ctx, requestId) : null;
      if (announced && !announced.ok) return announced;
      return returnOffer(ctx, asId<OrderId>(params.id), counter, readUnits(query.units), {
        refundTo: query.refundTo,
        ...(announced && { announcedOn: announced.value }),
      });
    },
    { problems: RETURN_PROBLEMS, audit: ({ params }) => `order/${params.id}` },
  ),
  write("returns.take", take, { problems: RETURN_PROBLEMS }),
];

/** The policy of a store, or what holds where nothing is set; nothing is said of goods that are not known [RET-10]. */
async function termsOf(ctx: ReadCtx, storeId: string | undefined, sku: string | undefined) {
  const policy = await policyOfPlace(ctx, asIdOrNull<PlaceId>(storeId));
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const goods = sku === undefined ? undefined : catalog.variantOfSku(sku);
  const { days, daysFromAfar } = policy;
  return { days, daysFromAfar, isFaultyOnly: goods !== undefined && isFaultyOnly(catalog, goods.product.categoryId, policy) };
}

async function list(ctx: ReadCtx, { query }: Input<"returns.list">) {
  const at = readCursor(Cursor, query.cursor);
  const recordId = query.customerId === undefined ? null : await recordIdOf(ctx, query.customerId);
  const found = await listReturns(ctx, {
    recordIds: query.customerId === undefined ? null : recordId ? await recordsOf(ctx, await customerOf(ctx, recordId)) : [],
    channelId: ctx.actor.kind === "secret" ? ctx.actor.channelId : null,
    orderId: asIdOrNull<OrderId>(query.orderId),
    number: query.query?.trim() ?? null,
    placeIds: placesSeen(ctx.actor, asIdOrNull<PlaceId>(query.placeId)),
    channelKind: query.channelKind ?? null,
    before: at && { at: new Date(at[0]), id: at[1] },
    limit: query.limit + 1,
  });
  return ok(
    pageFrom(
      found,
      query.limit,
      (one) => one,
      ({ returnedAt, id }) => [returnedAt, id],
    ),
  );
}

/** The place asked for, among those of staff who work at some only; without one nothing narrows, because returns are found at every counter. */
function placesSeen({ staff }: Actor, asked: PlaceId | null): readonly PlaceId[] | null {
  const own = staff?.placeIds ?? [];
  if (asked === null) return null;
  return own.length === 0 || own.includes(asked) ? [asked] : [];
}

async function take(ctx: Ctx, { params, body }: Input<"returns.take">) {
  const placeId = asId<PlaceId>(body.placeId);
  const channelId = await channelHere(ctx, placeId);
  if (!channelId) return err<ReturnError>({ code: "return.other_place" });
  const id = ctx.newId<ReturnId>();
  const wanted = {
    id,
    orderId: asId<OrderId>(params.id),
    placeId,
    channelId,
    units: toUnits(body.lines),
    hasDrawer: false,
    refundTo: body.refundTo,
  };
  const taken = await takeReturn(ctx, wanted);
  if (!taken.ok) return taken;
  await auditWrite(ctx, { action: "returns.take", subject: `order/${params.id}` });
  const view = await readReturn(ctx, id);
  return view ? ok(view) : err<ReturnError>({ code: "return.unknown" });
}

/** The channel of the caller, else that of the tills of the place: the counter where the goods lie. */
async function channelHere(ctx: Pick<ReadCtx, "actor" | "snapshots">, placeId: PlaceId) {
  return ctx.actor.channelId ?? (await channelAt(ctx.snapshots, placeId));
}
