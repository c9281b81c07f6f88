import type { ParsedBodyOf } from "@weft/contracts";
import type { OrderView } from "@weft/contracts";
import { asId, err, ok, type LineId, type OrderId, type PlaceId, type Result } from "@weft/kernel";
import { raw, sendAnswer, write, type Ctx, type RawCall, type Route } from "../../platform/index.ts";
import { auditWrite } from "../access/index.ts";
import { answerNotDone } from "./answer-later.ts";
import { changeOrAsk, type Changing } from "./change-or-ask.ts";
import { CHECKOUT_PROBLEMS, type CheckoutError } from "./errors.ts";
import type { ChangeWish } from "./prepare-change.ts";
import { previewChange } from "./preview-change.ts";
import { keyOfCall } from "./key-of-call.ts";
import type { CheckoutDeps } from "./routes.ts";

/** Changing an order, by its customer and by staff. */
export const changeRoutes = (deps: CheckoutDeps): readonly Route[] => [
  write("orders.previewChange", async (ctx, { params, body }) => previewChange(ctx, asId<OrderId>(params.id), wishOf(body)), {
    problems: CHECKOUT_PROBLEMS,
  }),
  raw("orders.change", (call) => answerChange(call, deps)),
];

async function answerChange(call: RawCall, deps: CheckoutDeps) {
  const { request, reply, around, input } = call;
  const { key, refusal } = keyOfCall(call, deps, "orders.change");
  if (!key) return refusal;
  // The edge has parsed both by this operation's contract, whose types a raw call does not carry.
  const { params, body } = input as unknown as { params: { id: OrderId }; body: ParsedBodyOf<"orders.change"> };
  const version = versionIn(request.headers["if-match"]);
  const { expectedDifference, tenders, reason, returnPath = null } = body;
  const wish = { ...wishOf(body), expectedDifference, tenders, reason, version };
  const changing: Changing<OrderView> =
    version === null
      ? { kind: "refused", error: { code: "order.version_missing" } }
      : await changeOrAsk(
          around,
          deps,
          { orderId: params.id, wish, returnPath, after: (ctx) => afterChange(ctx, deps, params.id, reason) },
          key,
        );
  if (changing.kind !== "changed") return answerNotDone(call, key, changing);
  return sendAnswer("orders.change", 200, changing.view, reply, false);
}

/** What staff changed is in the audit; the order as it stands is the answer. */
async function afterChange(
  ctx: Ctx,
  deps: CheckoutDeps,
  orderId: OrderId,
  reason: string | null,
): Promise<Result<OrderView, CheckoutError>> {
  if (ctx.actor.staff) await auditWrite(ctx, { action: "orders.change", subject: `order/${orderId}`, ...(reason && { reason }) });
  const view = await deps.showOrder(ctx, orderId);
  return view ? ok(view) : err({ code: "order.unknown" });
}

export type Wished = Pick<ParsedBodyOf<"orders.previewChange">, "remove" | "add" | "address" | "contact" | "way">;

/** A change as it was asked for, paid by nothing yet. */
export function wishOf({ remove, add, address, contact, way }: Wished): ChangeWish {
  return {
    remove: remove.map(({ orderLineId, quantity }) => ({ orderLineId: asId<LineId>(orderLineId), quantity })),
    add,
    address,
    contact: contact && { name: contact.name ?? null, email: contact.email ?? null, phone: contact.phone ?? null },
    way: way && (way.kind === "ship" ? way : { ...way, placeId: asId<PlaceId>(way.placeId) }),
    reason: null,
    tenders: [],
    expectedDifference: null,
    version: null,
  };
}

/** The version that `If-Match` names, as `"7"` or `7`; null where it names none. What is no version fits none. */
function versionIn(header: string | string[] | undefined): number | null {
  if (header === undefined) return null;
  const [, digits] = /^"?(\d{1,9})"?$/.exec(String(header)) ?? [];
  return digits === undefined ? -1 : Number(digits);
}
