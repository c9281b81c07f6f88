import type { FulfillmentView } from "@weft/contracts";
import { asId, err, ok, type FulfillmentId, type LineId, type PlaceId } from "@weft/kernel";
import { z } from "zod";
import { Committed, pageFrom, read, readCursor, write, type Ctx, type ReadCtx, type Route } from "../../platform/index.ts";
import { circleOf } from "../channels/index.ts";
import { recordForTill, recordIdOf } from "../customers/index.ts";
import { namesOf } from "../orders/index.ts";
import { PAYMENT_PROBLEMS } from "../payments/index.ts";
import { readAddress, rememberedAddress } from "./addresses.ts";
import { codeMac } from "./code-mac.ts";
import { advance, countWrongCode, isLockedOut } from "./commands.ts";
import { collectionDay } from "./day.ts";
import { dispatch } from "./dispatch.ts";
import { OWN_PROBLEMS, type FulfillmentError } from "./errors.ts";
import { recordShown, type HandOverDeps } from "./hand-over.ts";
import { extendCollection } from "./overdue.ts";
import { mayChange } from "./may-change.ts";
import { presentFulfillment } from "./present-fulfillment.ts";
import { fulfillmentByCode, fulfillmentOfCard, readFulfillment, workOf, type WholeFulfillment } from "./queries.ts";
import { setPrepared } from "./prepared.ts";
import { takeBackReady } from "./take-back.ts";
import { worksAt } from "./who-works.ts";

export const FULFILLMENT_PROBLEMS = { ...PAYMENT_PROBLEMS, ...OWN_PROBLEMS };

// Ids in paths and queries are UUIDs by the contract; the brand is given here.
const idOf = (text: string) => text as FulfillmentId;
const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);

export const fulfillmentRoutes = (deps: HandOverDeps): readonly Route[] => [
  read(
    "fulfillments.list",
    async (ctx, { query }) => {
      const placeId = query.placeId as PlaceId; // an id by the contract
      if (!worksAt(ctx, placeId)) return err<FulfillmentError>({ code: "fulfillment.other_place" });
      const cursor = readCursor(Cursor, query.cursor);
      const rows = await workOf(ctx, {
        placeId,
        state: query.state,
        kind: query.kind,
        number: query.query ?? null,
        circle: await circleOf(ctx, ctx.actor.channelId),
        after: cursor && { at: new Date(cursor[0]), id: cursor[1] },
        limit: query.limit + 1,
      });
      const shown = await Promise.all(rows.map(async (row) => ({ row, view: await present(ctx, row) })));
      return ok(
        pageFrom(
          shown,
          query.limit,
          ({ view }) => view,
          ({ row: { fulfillment: f } }) => [(f.done_at ?? f.placed_at).toISOString(), f.id],
        ),
      );
    },
    { problems: FULFILLMENT_PROBLEMS },
  ),
  write("fulfillments.accept", (ctx, { params }) => advance(ctx, idOf(params.id), "accept").then(presented(ctx)), {
    problems: FULFILLMENT_PROBLEMS,
  }),
  write("fulfillments.prepare", (ctx, { params }) => advance(ctx, idOf(params.id), "prepare").then(presented(ctx)), {
    problems: FULFILLMENT_PROBLEMS,
  }),
  write("fulfillments.ready", (ctx, { params, body }) => advance(ctx, idOf(params.id), "ready", body?.shelf ?? null).then(presented(ctx)), {
    problems: FULFILLMENT_PROBLEMS,
  }),
  write("fulfillments.pack", (ctx, { params }) => advance(ctx, idOf(params.id), "pack").then(presented(ctx)), {
    problems: FULFILLMENT_PROBLEMS,
  }),
  write("fulfillments.dispatch", (ctx, { params, body }) => dispatch(ctx, idOf(params.id), body.parcels).then(presented(ctx)), {
    problems: FULFILLMENT_PROBLEMS,
  }),
  write("fulfillments.deliver", (ctx, { params }) => advance(ctx, idOf(params.id), "deliver").then(presented(ctx)), {
    problems: FULFILLMENT_PROBLEMS,
  }),
  read(
    "fulfillments.address",
    async (ctx, { params }) => {
      const found = await readFulfillment(ctx, idOf(params.id));
      if (!found) return err<FulfillmentError>({ code: "fulfillment.unknown" });
      if (!worksAt(ctx, found.fulfillment.place_id)) return err<FulfillmentError>({ code: "fulfillment.other_place" });
      return ok({ address: await readAddress(ctx, idOf(params.id)) });
    },
    { problems: FULFILLMENT_PROBLEMS, audit: ({ params }) => `fulfillment/${params.id}` },
  ),
  read(
    "customers.deliveryAddress",
    async (ctx, { params }) => {
      // At a till it is offered for whom that till has opened.
      const recordId = ctx.actor.staff ? await recordForTill(ctx, params.id) : await recordIdOf(ctx, params.id);
      return ok({ address: recordId ? await rememberedAddress(ctx, recordId) : null });
    },
    { problems: {}, audit: ({ params }, { address }) => address && `customer/${params.id}` },
  ),
  read("fulfillments.day", (ctx, { params, query }) => collectionDay(ctx, asId<PlaceId>(params.id), query.date ?? null), {
    problems: FULFILLMENT_PROBLEMS,
  }),
  write("fulfillments.takeBackReady", (ctx, { params }) => takeBackReady(ctx, idOf(params.id)).then(presented(ctx)), {
    problems: FULFILLMENT_PROBLEMS,
  }),
  write(
    "fulfillments.setPrepared",
    // Ids in bodies are UUIDs by the contract.
    async (ctx, { params, body }) => {
      const lineIds = body.orderLineIds.map((id) => asId<LineId>(id));
      const said = await setPrepared(ctx, idOf(params.id), lineIds, body.done);
      return said.ok ? ok({ ...said.value, doneLineIds: [...said.value.doneLineIds] }) : said;
    },
    { problems: FULFILLMENT_PROBLEMS },
  ),
  write("fulfillments.extend", (ctx, { params }) => extendCollection(ctx, idOf(params.id)).then(presented(ctx)), {
    problems: FULFILLMENT_PROBLEMS,
  }),
  write("fulfillments.byCode", (ctx, { params }) => findByCode(ctx, deps, params.code).then(presented(ctx)), {
    problems: FULFILLMENT_PROBLEMS,
  }),
];

/**
 * What a scanned code opens at the place where the caller works; a member card opens what waits there for its customer, the first promised
 * first. A wrong one is counted, as at the hand-over [FUL-3].
 */
async function findByCode(ctx: Ctx, deps: HandOverDeps, code: string) {
  const placeId = ctx.actor.device?.placeId ?? ctx.actor.placeId;
  if (!placeId) return err<FulfillmentError>({ code: "fulfillment.other_place" });
  if (await isLockedOut(ctx, placeId)) return err<FulfillmentError>({ code: "collection.too_many_tries" });
  const recordId = await recordShown(ctx, deps, code);
  const found = recordId
    ? await fulfillmentOfCard(ctx, placeId, recordId)
    : await fulfillmentByCode(ctx, placeId, codeMac(deps.vault, placeId, code));
  const isOwn = found && (await circleOf(ctx, found.fulfillment.channel_id)) === (await circleOf(ctx, ctx.actor.channelId));
  if (found && isOwn) return ok(found);
  return ok(new Committed<FulfillmentError>({ code: "collection.code_wrong", triesLeft: await countWrongCode(ctx, placeId) }));
}

/** A fulfillment as those who work on it see it: without its customer's code. */
async function present(ctx: Pick<ReadCtx, "snapshots" | "actor">, whole: WholeFulfillment): Promise<FulfillmentView> {
  const parts = { ...whole, collectCode: null, showsAddress: false, mayChange: await mayChange(ctx, whole.fulfillment) };
  return presentFulfillment(parts, await namesOf(ctx.snapshots));
}

/** The answer of a command on one fulfillment; a refusal that stays written passes as it is. */
function presented(ctx: Pick<ReadCtx, "snapshots" | "actor">) {
  return async <E extends FulfillmentError>(
    result: { ok: true; value: WholeFulfillment | Committed<FulfillmentError> } | { ok: false; error: E },
  ) => {
    if (!result.ok) return result;
    if (result.value instanceof Committed) return ok(result.value);
    return ok(await present(ctx, result.value));
  };
}
