import type { OutboundMessageView } from "@weft/contracts";
import { err, ok, type OrderId } from "@weft/kernel";
import { read, write, type Ctx, type Route } from "../../platform/index.ts";
import { loadCart, mayUseCart } from "../carts/index.ts";
import { ORDER_PROBLEMS, readOrder, sameCustomer, type BookEntry, type OrderError } from "../orders/index.ts";
import { queueMessage } from "./commands.ts";
import { shownOf } from "./shown-of.ts";
import { listMessages } from "./queries.ts";
import { localeIn, receiptMail, type Brand } from "./templates/index.ts";

export type MessagesRouteDeps = { readonly brand: Brand; readonly isDemo: boolean };

export const messagesRoutes = ({ brand, isDemo }: MessagesRouteDeps): readonly Route[] => [
  read(
    "messages.list",
    async (ctx, { query }) => {
      const page = await listMessages(ctx, { ...query, recordId: query.recordId ?? null, to: query.to ?? null });
      return ok(isDemo ? page : { ...page, items: page.items.map(withoutCode) });
    },
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
        shown: shownOf(entry),
        purpose: { purpose: "requested" },
        cause: `receipt ${entry.order.id} ${ctx.requestId}`,
      });
      return ok({ messageId });
    },
    { problems: ORDER_PROBLEMS },
  ),
];

/** Staff who could read a sign-in code could sign in as anybody; only a demo shows them. */
function withoutCode(message: OutboundMessageView): OutboundMessageView {
  if (message.template !== "code") return message;
  return { ...message, subject: hidden(message.subject), text: hidden(message.text), html: message.html && hidden(message.html) };
}

const hidden = (text: string): string => text.replaceAll(/(?<!\d)\d{6}(?!\d)/g, "••••••");

/** A receipt goes out for whoever may see the order: its customer, who holds its cart's token, staff, and its channel's own server. */
async function mayAsk(ctx: Ctx, { order }: BookEntry): Promise<boolean> {
  const { actor } = ctx;
  if (actor.staff || actor.kind === "system") return true;
  if (actor.customer && order.record_id && (await sameCustomer(ctx, actor.customer.recordId, order.record_id))) return true;
  if (actor.kind === "secret") return actor.channelId === order.channel_id;
  const cart = actor.cartToken !== null && order.cart_id !== null ? await loadCart(ctx, order.cart_id) : null;
  return cart ? mayUseCart(actor, cart) : false;
}
