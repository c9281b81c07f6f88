import { err, ok } from "@weft/kernel";
import { read, type Route } from "../../platform/index.ts";
import { orderActions } from "../../modules/checkout/index.ts";
import { ORDER_PROBLEMS, changesOfOrder, namesOf, presentChange, readOrder, type OrderError } from "../../modules/orders/index.ts";
import { orderId, viewerOf } from "./rights.ts";

/** What can be done with an order and what was changed of it, for whoever may see it. */
export const orderChangeRoutes: readonly Route[] = [
  read(
    "orders.actions",
    async (ctx, { params }) => {
      const entry = await readOrder(ctx, orderId(params.id));
      return entry && (await viewerOf(ctx, entry)) ? ok(await orderActions(ctx, entry)) : err<OrderError>({ code: "order.unknown" });
    },
    { problems: ORDER_PROBLEMS },
  ),
  read(
    "orders.changes",
    async (ctx, { params }) => {
      const entry = await readOrder(ctx, orderId(params.id));
      if (!entry || !(await viewerOf(ctx, entry))) return err<OrderError>({ code: "order.unknown" });
      const names = await namesOf(ctx.snapshots);
      const changes = await changesOfOrder(ctx, entry.order.id);
      return ok({ items: changes.map((change) => presentChange(change, entry.order.currency, names)) });
    },
    { problems: ORDER_PROBLEMS },
  ),
];
