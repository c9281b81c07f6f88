import { err, ok, type OrderId } from "@weft/kernel";
import { read, write, type Ctx, type Route } from "../../platform/index.ts";
import { loadCart, mayUseCart } from "../carts/index.ts";
import { ORDER_PROBLEMS, readOrder, sameCustomer, type BookEntry, type OrderError } from "../orders/index.ts";
import { queueMessage } from "./commands.ts";
import { listMessages } from "./queries.ts";
import { localeIn, receiptMail, type Brand } from "./templates/index.ts";

export const messagesRoutes = ({ brand }: { readonly brand: Brand }): readonly Route[] => [
  read(
    "messages.list",
    async (ctx, { query }) => ok(await listMessages(ctx, { ...query, recordId: query.recordId ?? null, to: query.to ?? null })),
    { problems: {}, audit: ({ query }) => (query.recordId ? `record/${query.recordId}` : "messages") },
  ),
  write(
    "orders.sendReceipt",
    async (ctx, { params, body, request }) => {
      const entry = await readOrder(ctx, params.id as OrderId); // an id by the contract
      if (!entry || !(await mayAsk(ctx, entry))) return err<OrderError>({ code: "order.unknown" });
      const messageId = await queueMessage(ctx, {
        recordId: entry.order.record_id,
        kind: "email",
        template: "receipt",
        channelId: ctx.actor.channelId,
        to: body.email,
        rendered: receiptMail(brand, localeIn(request.locale), entry),
        cause: `receipt ${entry.order.id} ${ctx.requestId}`,
      });
      return ok({ messageId });
    },
    { problems: ORDER_PROBLEMS },
  ),
];

/** A receipt goes out for whoever may see the order: its customer, who holds its cart's token, staff, and its channel's own server. */
async function mayAsk(ctx: Ctx, { order }: BookEntry): Promise<boolean> {
  const { actor } = ctx;
  if (actor.staff || actor.kind === "system") return true;
  if (actor.customer && order.record_id && (await sameCustomer(ctx, actor.customer.recordId, order.record_id))) return true;
  if (actor.kind === "secret") return actor.channelId === order.channel_id;
  const cart = actor.cartToken !== null && order.cart_id !== null ? await loadCart(ctx, order.cart_id) : null;
  return cart ? mayUseCart(actor, cart) : false;
}
