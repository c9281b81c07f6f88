import { asId, err, ok, type CartId, type FulfillmentId, type LineId, type OrderId, type PlaceId } from "@weft/kernel";
import type { CompletionInput, OrderView, ParsedBodyOf } from "@weft/contracts";
import { raw, read, sendAnswer, write, type Ctx, type Actor, type RawCall, type ShownTouch, type Route } from "../../platform/index.ts";
import { auditWrite } from "../access/index.ts";
import type { HandOverDeps } from "../fulfillment/index.ts";
import { answerNotDone } from "./answer-later.ts";
import { changeLinkRoutes } from "./change-links/routes.ts";
import { changeRoutes } from "./change-routes.ts";
import { collectorRoutes } from "./collector-routes.ts";
import { cancelOrder } from "./cancel-order.ts";
import { collectOrder, type CollectDeps } from "./collect-order.ts";
import { completeCart, type Completion } from "./complete-cart.ts";
import { dueRoutes } from "./due/routes.ts";
import type { SaleRequest } from "./domain/index.ts";
import { CHECKOUT_PROBLEMS, type CheckoutError } from "./errors.ts";
import { guardOfCodes } from "./guard-codes.ts";
import { keyOfCall } from "./key-of-call.ts";
import { giveUpCollection, rejectUnits } from "./refuse-units.ts";
import { ordersInConflict, resolveConflict } from "./resolve-conflict.ts";
import { placesSnapshot } from "../places/index.ts";
import { readSlotId } from "../promises/index.ts";
import { presentWork } from "./settle-hand-over.ts";
import { moveToSlot } from "./move-slot.ts";
import { slotRoutes } from "./slot-routes.ts";
import type { SettleDeps } from "./settle.ts";

export type CheckoutDeps = SettleDeps &
  HandOverDeps & {
    /** An order as it stands, for the answer of a cancellation. */
    readonly showOrder: (ctx: Ctx, orderId: OrderId) => Promise<OrderView | null>;
  };

export const checkoutRoutes = (deps: CheckoutDeps): readonly Route[] => [
  raw("checkout.complete", (call) => answerCompletion(call, deps)),
  raw("fulfillments.collect", (call) => answerCollection(call, deps)),
  write(
    "checkout.cancel",
    async (ctx, { params, body }) => {
      const orderId = params.id as OrderId; // an id by the contract
      const canceled = await cancelOrder(ctx, orderId, body.reason);
      if (!canceled.ok) return canceled;
      const view = await deps.showOrder(ctx, orderId);
      return view ? ok(view) : err<CheckoutError>({ code: "order.unknown" });
    },
    { problems: CHECKOUT_PROBLEMS },
  ),
  write(
    "fulfillments.reject",
    async (ctx, { params, body }) => {
      const lines = body.lines.map(({ orderLineId, quantity }) => ({ orderLineId: asId<LineId>(orderLineId), quantity }));
      const rejected = await rejectUnits(ctx, deps.vault, asId<FulfillmentId>(params.id), { ...body, lines });
      if (!rejected.ok) return rejected;
      await auditWrite(ctx, { action: "fulfillments.reject", subject: `fulfillment/${params.id}`, reason: body.reason });
      return ok(await presentWork(ctx, rejected.value));
    },
    { problems: CHECKOUT_PROBLEMS },
  ),
  write(
    "fulfillments.giveUp",
    async (ctx, { params, body }) => {
      const ended = await giveUpCollection(ctx, asId<FulfillmentId>(params.id), body);
      if (!ended.ok) return ended;
      await auditWrite(ctx, { action: "fulfillments.giveUp", subject: `fulfillment/${params.id}`, reason: body.reason });
      return ok(await presentWork(ctx, ended.value));
    },
    { problems: CHECKOUT_PROBLEMS },
  ),
  write(
    "fulfillments.moveSlot",
    async (ctx, { params, body: { slotId, reason = null } }) => {
      const moved = await moveToSlot(ctx, { fulfillmentId: asId<FulfillmentId>(params.id), slotId, reason });
      if (!moved.ok) return moved;
      const act = { action: "fulfillments.moveSlot", subject: `fulfillment/${params.id}` };
      if (ctx.actor.staff) await auditWrite(ctx, reason === null ? act : { ...act, reason });
      return ok(await presentWork(ctx, moved.value));
    },
    { problems: CHECKOUT_PROBLEMS },
  ),
  read(
    "stock.conflictOrders",
    async (ctx, { params }) => {
      const orders = await ordersInConflict(ctx, params.id);
      if (!orders.ok) return orders;
      const { places } = await ctx.snapshots.current(placesSnapshot);
      const nameOf = (id: PlaceId | null) => (id && places.get(id)?.name) ?? null;
      return ok({
        items: orders.value.map(({ placedAt, ...order }) => ({
          ...order,
          placedAt: placedAt.toISOString(),
          otherPlaceName: nameOf(order.otherPlaceId),
        })),
      });
    },
    { problems: CHECKOUT_PROBLEMS },
  ),
  write(
    "stock.resolveConflict",
    async (ctx, { params, body }) => {
      const resolved = await resolveConflict(ctx, deps.vault, params.id, body);
      const action = `stock.resolveConflict ${body.outcome}`;
      if (resolved.ok) await auditWrite(ctx, { action, subject: `conflict/${params.id}`, reason: body.note });
      return resolved;
    },
    { problems: CHECKOUT_PROBLEMS },
  ),
  ...collectorRoutes(deps),
  ...changeRoutes(deps),
  ...changeLinkRoutes(deps),
  ...dueRoutes(deps),
  ...slotRoutes,
];

async function answerCompletion(call: RawCall, deps: SettleDeps) {
  const { reply, actor, around, input, shown } = call;
  const { key, refusal } = keyOfCall(call, deps, "checkout.complete");
  if (!key) return refusal;
  // The edge has parsed both by this operation's contract, whose types a raw call does not carry.
  const { params, body } = input as unknown as { params: { id: CartId }; body: CompletionInput };
  const sale = saleRequest(params.id, body);
  const guard = guardOfCodes(call, deps, sale.tenders);
  const barred = await guard?.whyBarred();
  const completion: Completion = barred ? { kind: "refused", error: barred } : await completeCart(around, deps, sale, key);
  if (completion.kind === "refused" && completion.error.code === "gift_card.unknown") await guard?.countWrong();
  if (completion.kind !== "placed") return answerNotDone(call, key, completion);
  if (actor.channelId !== null) shown(shownOrder(completion, actor, actor.channelId));
  return sendAnswer("checkout.complete", 201, completion.view, reply, false);
}

async function answerCollection(call: RawCall, deps: CollectDeps & SettleDeps) {
  const { reply, around, input } = call;
  const { key, refusal } = keyOfCall(call, deps, "fulfillments.collect");
  if (!key) return refusal;
  // The edge has parsed both by this operation's contract, whose types a raw call does not carry.
  const { params, body } = input as unknown as { params: { id: FulfillmentId }; body: ParsedBodyOf<"fulfillments.collect"> };
  const lines = body.lines.map(({ orderLineId, quantity }) => ({ orderLineId: asId<LineId>(orderLineId), quantity }));
  const collection = await collectOrder(around, deps, { fulfillmentId: params.id, ...body, lines }, key);
  if (collection.kind !== "handed_over") return answerNotDone(call, key, collection);
  return sendAnswer("fulfillments.collect", 200, collection.view, reply, false);
}

/** The body of the contract as checkout's words; also for the till's command, which carries the same. */
export function saleRequest(cartId: CartId, body: ParsedBodyOf<"checkout.complete">): SaleRequest {
  const { kind, dining, dueAt } = body.fulfillment;
  const slot = body.fulfillment.slotId === undefined ? undefined : readSlotId(body.fulfillment.slotId);
  const placeId = body.fulfillment.placeId ?? slot?.placeId ?? null;
  const { name, email, phone, language } = body.contact ?? {};
  return {
    cartId,
    fulfillment: {
      kind,
      dining,
      placeId: placeId as PlaceId | null, // an id by the contract
      dueAt: slot ? slot.startsAt : dueAt === null ? null : new Date(dueAt),
      ...(slot && { inSlot: true }),
    },
    tenders: body.tenders,
    expectedTotal: body.expectedTotal,
    ...(body.returnPath !== undefined && { returnPath: body.returnPath }),
    contact: body.contact ? { name: name ?? null, email: email ?? null, phone: phone ?? null, language: language ?? null } : null,
  };
}

type PlacedCompletion = Extract<Completion, { kind: "placed" }>;

/** What of the order the channel was shown that placed it: its number, its state on all three axes, and the promise of each part. */
function shownOrder({ view: order, recordId }: PlacedCompletion, actor: Actor, channelId: string): ShownTouch {
  const { id, number, version, state, paymentState, fulfillmentState, total, fulfillments } = order;
  return {
    recordId: actor.customer?.recordId ?? recordId,
    channelId,
    placeId: actor.device?.placeId ?? null,
    subject: `order/${id}`,
    version,
    kind: "order.shown",
    shown: {
      order: { id, number, state, paymentState, fulfillmentState, total },
      promise: fulfillments.map(({ placeId, promisedAt }) => ({ placeId, promiseAt: promisedAt })),
    },
  };
}
