import type { OrderView, ParsedBodyOf } from "@weft/contracts";
import { err, ok, type OrderId, type Result } from "@weft/kernel";
import { raw, sendAnswer, type Ctx, type RawCall, type Route } from "../../../platform/index.ts";
import { auditWrite } from "../../access/index.ts";
import { answerNotDone } from "../answer-later.ts";
import { keyOfCall } from "../key-of-call.ts";
import { deskOn } from "../late-answers.ts";
import type { CheckoutError } from "../errors.ts";
import type { CheckoutDeps } from "../routes.ts";
import { payDue } from "./pay.ts";

/** Paying what is due on an order before its goods leave [CHK-56]. */
export const dueRoutes = (deps: CheckoutDeps): readonly Route[] => [raw("orders.payDue", (call) => answer(call, deps))];

async function answer(call: RawCall, deps: CheckoutDeps) {
  const { reply, around, input } = call;
  const { key, refusal } = keyOfCall(call, deps, "orders.payDue");
  if (!key) return refusal;
  // The edge has parsed both by this operation's contract, whose types a raw call does not carry.
  const { params, body } = input as unknown as { params: { id: OrderId }; body: ParsedBodyOf<"orders.payDue"> };
  const { cardToken, expectedDue, returnPath = null } = body;
  const paying = await payDue(around, deps, { orderId: params.id, cardToken, expectedDue, returnPath }, key);
  if (paying.kind !== "paid") return answerNotDone(call, key, paying);
  const view = await deskOn(around).write((ctx) => afterPayment(ctx, deps, params.id));
  if (!view.ok) return answerNotDone(call, key, { kind: "refused", error: view.error });
  return sendAnswer("orders.payDue", 200, view.value, reply, false);
}

/** The order as it stands is the answer, also to whoever asks again with the key. */
async function afterPayment(ctx: Ctx, deps: CheckoutDeps, orderId: OrderId): Promise<Result<OrderView, CheckoutError>> {
  if (ctx.actor.staff) await auditWrite(ctx, { action: "orders.payDue", subject: `order/${orderId}` });
  const view = await deps.showOrder(ctx, orderId);
  return view ? ok(view) : err({ code: "order.unknown" });
}
