import { asId, ok, type OrderId } from "@weft/kernel";
import { write, type Route } from "../../../platform/index.ts";
import { ORDER_PROBLEMS } from "../../orders/index.ts";
import { askForInvoice } from "./ask.ts";

/** Invoices of sales that have a receipt: asked at the till, in the office, or by whoever bought it. */
export const invoiceRoutes: readonly Route[] = [
  write(
    "orders.askInvoice",
    async (ctx, { params, body }) => {
      const asked = await askForInvoice(ctx, asId<OrderId>(params.id), body);
      return asked.ok ? ok(null) : asked;
    },
    { problems: ORDER_PROBLEMS },
  ),
];
