import type { TaskAction } from "@weft/contracts";
import { asId, err, ok, type FulfillmentId, type OrderId, type Result } from "@weft/kernel";
import type { Ctx, Vault } from "../../../platform/index.ts";
import { giveUpCollection, ordersInConflict, resolveConflict } from "../../checkout/index.ts";
import type { HelpedOrder, Task } from "../domain/index.ts";

export type ActionDeps = { readonly vault: Vault };

/** Why the hub could not do by itself what staff could have tried; a code, for people. */
export type CouldNot = { readonly code: string };

/** Does something about a task as staff would, in the open transaction; an error undoes it. */
type Action = (ctx: Ctx, deps: ActionDeps, task: Task) => Promise<Result<readonly HelpedOrder[], CouldNot>>;

/** What stands in the history of the order or conflict where staff write why. */
const REASON = "automatic";
/** More orders than these do not share the missing units of one sale. */
const MOST_ORDERS = 20;

export const ACTIONS: Readonly<Record<TaskAction, Action>> = { move_orders: moveOrders, end_collection: endCollection };

/**
 * Lets other places serve the orders whose units are missing, the weakest promise first, as long as one can [CHK-11]. What none can serve stays a
 * matter for people: whether a customer waits or gets their money back is theirs to decide.
 */
async function moveOrders(ctx: Ctx, { vault }: ActionDeps, { reference }: Task): Promise<Result<readonly HelpedOrder[], CouldNot>> {
  const helped: HelpedOrder[] = [];
  while (helped.length < MOST_ORDERS) {
    const orders = await ordersInConflict(ctx, reference.id);
    if (!orders.ok) return err({ code: orders.error.code });
    const next = orders.value.find(({ units, otherPlaceId }) => units > 0 && otherPlaceId !== null);
    if (!next) break;
    const wish = { outcome: "other_place", orderId: next.orderId, note: REASON } as const;
    const moved = await resolveConflict(ctx, vault, reference.id, wish);
    if (!moved.ok) return err({ code: moved.error.code });
    helped.push({ id: next.orderId, number: next.number, placeId: next.otherPlaceId });
    if (moved.value.state === "resolved") break;
  }
  return helped.length === 0 ? err({ code: "conflict.no_other_place" }) : ok(helped);
}

/** Ends what nobody fetched, as the counter does by default: what can be sold again is paid back, what was made for the customer is not [CHK-14]. */
async function endCollection(
  ctx: Ctx,
  _deps: ActionDeps,
  { causeKey, reference }: Task,
): Promise<Result<readonly HelpedOrder[], CouldNot>> {
  const id = asId<FulfillmentId>(causeKey.replace("fulfillment/", ""));
  const ended = await giveUpCollection(ctx, id, { reason: REASON, refund: "shelf_goods" });
  if (!ended.ok) return err({ code: ended.error.code });
  return ok([{ id: asId<OrderId>(reference.id), number: reference.number ?? "", placeId: null }]);
}
