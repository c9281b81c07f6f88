import type { OrderReturnsView, ReturnRequestView } from "@weft/contracts";
import { asId, asIdOrNull, err, ok, type LineId, type OrderId, type PlaceId, type Result } from "@weft/kernel";
import { z } from "zod";
import { answersForAll, auditWrite, grantShown } from "../../access/index.ts";
import { carriesBetween, channelsCarrying, standpointOf } from "../../channels/index.ts";
import {
  dbOn,
  inTransaction,
  livePresenter,
  pageFrom,
  problemOf,
  raw,
  read,
  readCursor,
  sendProblem,
  write,
  type Ctx,
  type Input,
  type LivePresenter,
  type RawCall,
  type ReadCtx,
  type Route,
  type Vault,
} from "../../../platform/index.ts";
import { readOrder } from "../../orders/index.ts";
import { OrderChanged } from "../../orders/events.ts";
import { placeOf } from "../../places/index.ts";
import { returnableOf } from "../domain/index.ts";
import { RETURN_PROBLEMS, type ReturnError } from "../errors.ts";
import { ReturnRequestChanged } from "../events.ts";
import { standingForCustomer } from "../standing.ts";
import { announceReturn, returnCodeMac } from "./announce.ts";
import { cancelRequest, inspectRequest, receiveRequest } from "./decide.ts";
import {
  announcedUnits,
  listRequests,
  presentRequests,
  readRequest,
  requestByCode,
  requestsOfOrder,
  type RequestId,
  type StoredRequest,
} from "./read.ts";
import { drawSlip } from "./slip.ts";

export type RequestDeps = {
  readonly vault: Vault;
  readonly brand: { readonly name: string; readonly accent: string };
  /** Whether the caller may see an order: as its customer, or as staff to whom the link levels carry it. */
  readonly seesOrder: (ctx: ReadCtx, orderId: OrderId) => Promise<boolean>;
};

const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);
const requestId = (text: string): RequestId => asId<RequestId>(text);
const UNKNOWN: ReturnError = { code: "return.unknown" };

/** What customers announce that they bring or send back, and what becomes of it. */
export const requestRoutes = (deps: RequestDeps): readonly Route[] => [
  read("returns.ofOrder", (ctx, { params }) => ofOrder(ctx, deps, asId<OrderId>(params.id)), {
    problems: RETURN_PROBLEMS,
    audit: ({ params }) => `order/${params.id}`,
  }),
  write("returns.request", (ctx, input) => request(ctx, deps, input), { problems: RETURN_PROBLEMS }),
  read("returns.requests", (ctx, input) => list(ctx, deps, input), { problems: {} }),
  read(
    "returns.readRequest",
    async (ctx, { params }) => {
      const found = await seen(ctx, deps, requestId(params.id));
      return found.ok ? ok(await present(ctx, deps, found.value)) : found;
    },
    { problems: RETURN_PROBLEMS, audit: (_input, { customerId }) => customerId && `customer/${customerId}` },
  ),
  write("returns.openRequest", (ctx, { body }) => open(ctx, deps, body.code), { problems: RETURN_PROBLEMS }),
  write("returns.cancelRequest", (ctx, { params }) => act(ctx, deps, params.id, "cancelRequest", (id) => cancelRequest(ctx, id)), {
    problems: RETURN_PROBLEMS,
  }),
  write(
    "returns.receiveRequest",
    (ctx, { params, body }) => act(ctx, deps, params.id, "receiveRequest", (id) => receiveRequest(ctx, id, asId<PlaceId>(body.placeId))),
    { problems: RETURN_PROBLEMS },
  ),
  write(
    "returns.inspectRequest",
    (ctx, { params, body }) => {
      const lines = body.lines.map((line) => ({ ...line, orderLineId: asId<LineId>(line.orderLineId) }));
      return act(ctx, deps, params.id, "inspectRequest", (id) => inspectRequest(ctx, id, { lines, reason: body.reason }));
    },
    { problems: RETURN_PROBLEMS },
  ),
  raw("returns.slip", (call) => answerSlip(call, deps)),
];

/** The announced returns of an order, as its customer and the staff follow them. */
export const requestsLive = ({ vault, seesOrder }: Pick<RequestDeps, "vault" | "seesOrder">): LivePresenter =>
  livePresenter({
    kind: "order-returns",
    affectedBy: [ReturnRequestChanged, OrderChanged].map((event) => ({
      event,
      subject: ({ subject }) => subject.replace("order/", "order-returns/"),
    })),
    authorize: async (ctx, id, token) => {
      const reader = token === null ? ctx : { ...ctx, actor: { ...ctx.actor, cartToken: token } };
      return (await seesOrder(reader, asId<OrderId>(id))) ? "all" : null;
    },
    present: async (ctx, id) => {
      const found = await whatComesBack(ctx, vault, asId<OrderId>(id));
      return found.ok ? { version: found.value.version, patch: found.value } : null;
    },
  });

async function present(ctx: Pick<ReadCtx, "db" | "snapshots">, { vault }: RequestDeps, request: StoredRequest): Promise<ReturnRequestView> {
  const [view] = await presentRequests(ctx, vault, [request]);
  if (!view) throw new Error("one announced return is presented as one");
  return view;
}

async function seen(ctx: ReadCtx, { seesOrder }: RequestDeps, id: RequestId): Promise<Result<StoredRequest, ReturnError>> {
  const found = await readRequest(ctx, id);
  return found && (await seesOrder(ctx, found.orderId)) ? ok(found) : err(UNKNOWN);
}

async function ofOrder(ctx: ReadCtx, { vault, seesOrder }: RequestDeps, orderId: OrderId): Promise<Result<OrderReturnsView, ReturnError>> {
  return (await seesOrder(ctx, orderId)) ? whatComesBack(ctx, vault, orderId) : err({ code: "order.unknown" });
}

async function whatComesBack(ctx: ReadCtx, vault: Vault, orderId: OrderId): Promise<Result<OrderReturnsView, ReturnError>> {
  const found = await standingForCustomer(ctx, orderId);
  if (!found.ok) return found;
  const { entry, lines, closed, until, policy, mayParcel } = found.value;
  const announced = await announcedUnits(ctx, orderId);
  const requests = await requestsOfOrder(ctx, orderId);
  return ok({
    orderId,
    version: entry.order.version + requests.reduce((sum, { version }) => sum + version, 0),
    closed,
    until,
    mayParcel,
    isParcelFree: policy.isParcelFree,
    lines: entry.lines.flatMap((line, index) => {
      const standing = lines[index];
      if (!standing || line.kind !== "goods" || line.fulfilled === 0) return [];
      return {
        orderLineId: line.id,
        name: line.name,
        options: line.options.map(({ name }) => name),
        returnable: Math.max(0, returnableOf(standing) - (announced.get(line.id) ?? 0)),
        isFaultyOnly: standing.isFaultyOnly,
      };
    }),
    requests: await presentRequests(ctx, vault, requests),
  });
}

async function request(ctx: Ctx, deps: RequestDeps, { params, body }: Input<"returns.request">) {
  const orderId = asId<OrderId>(params.id);
  if (!(await deps.seesOrder(ctx, orderId))) return err<ReturnError>({ code: "order.unknown" });
  const lines = body.lines.map((line) => ({ ...line, orderLineId: asId<LineId>(line.orderLineId) }));
  const announced = await announceReturn(ctx, deps.vault, { orderId, way: body.way, wish: body.wish, lines });
  if (!announced.ok) return announced;
  await auditWrite(ctx, { action: "returns.request", subject: `order/${orderId}` });
  const found = await readRequest(ctx, announced.value);
  return found ? ok(await present(ctx, deps, found)) : err(UNKNOWN);
}

async function list(ctx: ReadCtx, deps: RequestDeps, { query }: Input<"returns.requests">) {
  const at = readCursor(Cursor, query.cursor);
  const own = ctx.actor.staff?.placeIds ?? [];
  const asked = asIdOrNull<PlaceId>(query.placeId);
  const found = await listRequests(ctx, {
    state: query.state,
    placeIds: asked ? (own.length === 0 || own.includes(asked) ? [asked] : []) : own.length > 0 ? own : null,
    channelKind: query.channelKind ?? null,
    channelIds: answersForAll(ctx.actor) ? null : await channelsCarrying(ctx, standpointOf(ctx), "order"),
    way: query.way ?? null,
    before: at && { at: new Date(at[0]), id: at[1] },
    limit: query.limit + 1,
  });
  const views = await presentRequests(ctx, deps.vault, found);
  return ok(
    pageFrom(
      views,
      query.limit,
      (one) => one,
      ({ requestedAt, id }) => [requestedAt, id],
    ),
  );
}

/** The code stands for the number of the order: where channels only hand over it opens it here for half an hour [RET-8]. */
async function open(ctx: Ctx, deps: RequestDeps, code: string): Promise<Result<ReturnRequestView, ReturnError>> {
  const found = await requestByCode(ctx, returnCodeMac(deps.vault, code));
  const entry = found && (await readOrder(ctx, found.orderId));
  if (!found || !entry) return err(UNKNOWN);
  const from = { channelId: entry.order.channel_id, placeId: entry.order.place_id };
  const { carried } = await carriesBetween(ctx, from, standpointOf(ctx), "order", "order_number");
  if (!carried && !answersForAll(ctx.actor)) return err(UNKNOWN);
  const subject = `order/${found.orderId}`;
  await grantShown(ctx, subject, "order_number");
  await auditWrite(ctx, { action: "returns.openRequest", subject });
  return ok(await present(ctx, deps, found));
}

async function act(
  ctx: Ctx,
  deps: RequestDeps,
  id: string,
  action: string,
  move: (id: RequestId) => Promise<Result<StoredRequest, ReturnError>>,
): Promise<Result<ReturnRequestView, ReturnError>> {
  const before = await seen(ctx, deps, requestId(id));
  if (!before.ok) return before;
  const moved = await move(requestId(id));
  if (!moved.ok) return moved;
  await auditWrite(ctx, { action: `returns.${action}`, subject: `order/${before.value.orderId}` });
  const after = await readRequest(ctx, requestId(id));
  return after ? ok(await present(ctx, deps, after)) : err(UNKNOWN);
}

async function answerSlip(call: RawCall, deps: RequestDeps) {
  const { around, actor, reply, request: http } = call;
  const ctx: ReadCtx = { ...around, db: dbOn(around.pool), now: new Date() };
  const { id } = call.input.params as { id: string }; // by the contract
  const found = await seen(ctx, deps, requestId(id));
  const place = found.ok && found.value.placeId ? await placeOf(ctx, found.value.placeId) : undefined;
  if (!found.ok || !place || found.value.way !== "parcel" || found.value.codeSealed === null)
    return sendProblem(reply, problemOf(UNKNOWN, RETURN_PROBLEMS[UNKNOWN.code], http.id));
  const view = await present(ctx, deps, found.value);
  if (actor.kind !== "customer" && actor.kind !== "publishable")
    await inTransaction(around, async (tx) => ok(await auditWrite(tx, { action: "returns.slip", subject: `order/${view.orderId}` })));
  const pdf = await drawSlip(view, place, deps.brand, call.input.request.locale);
  return reply
    .code(200)
    .header("content-disposition", `attachment; filename="${view.number}.pdf"`)
    .header("cache-control", "private, no-store")
    .type("application/pdf")
    .send(pdf);
}
