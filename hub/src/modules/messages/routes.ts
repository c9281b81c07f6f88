import type { OutboundMessageView } from "@weft/contracts";
import { asId, err, ok, type FulfillmentId, type MessageId, type OrderId, type Result } from "@weft/kernel";
import { read, write, type Actor, type Ctx, type Input, type Route, type Vault } from "../../platform/index.ts";
import { auditWrite } from "../access/index.ts";
import { CART_PROBLEMS, loadCart, mayUseCart } from "../carts/index.ts";
import { reachOf, recordIdOf } from "../customers/index.ts";
import { ORDER_PROBLEMS, readOrder, sameCustomer, type BookEntry, type OrderError } from "../orders/index.ts";
import { resendReady } from "./collection.ts";
import { giftCardsTold } from "./gift-cards.ts";
import { queueMessage } from "./commands.ts";
import { MESSAGE_PROBLEMS, type MessageError } from "./errors.ts";
import { pointsTold } from "./points-told.ts";
import { noticeMailingRoutes } from "./notices/index.ts";
import { sendOffer } from "./offer.ts";
import { languageOf } from "./reader.ts";
import { shownOf } from "./shown-of.ts";
import { listMessages } from "./queries.ts";
import { localeIn, receiptMail, writtenMail, type Brand } from "./templates/index.ts";

export type MessagesRouteDeps = { readonly brand: Brand; readonly isDemo: boolean; readonly vault: Vault; readonly publicUrl: string };

export const messagesRoutes = ({ brand, isDemo, vault, publicUrl }: MessagesRouteDeps): readonly Route[] => [
  read(
    "messages.list",
    async (ctx, { query }) => {
      const page = await listMessages(ctx, { ...query, recordId: query.recordId ?? null, to: query.to ?? null });
      return ok(isDemo ? page : { ...page, items: page.items.map(withoutKeys) });
    },
    { problems: {}, audit: ({ query }) => (query.recordId ? `record/${query.recordId}` : "messages") },
  ),
  ...noticeMailingRoutes,
  write(
    "offers.send",
    (ctx, { params, body, request }) =>
      sendOffer(ctx, { brand, vault, publicUrl }, { id: asId(params.id), email: body.email, locale: request.locale }),
    {
      problems: { ...CART_PROBLEMS, ...MESSAGE_PROBLEMS },
    },
  ),
  write("messages.write", (ctx, { params, body }) => writeTo(ctx, brand, params.id, body), { problems: MESSAGE_PROBLEMS }),
  write(
    "messages.resendReady",
    (ctx, { params }) => resendReady(ctx, { brand, vault, publicUrl }, asId<FulfillmentId>(params.id)), // an id by the contract
    { problems: MESSAGE_PROBLEMS },
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
        rendered: receiptMail(brand, localeIn(request.locale), entry, {
          giftCards: isBuyer(ctx.actor, entry) ? await giftCardsTold(ctx, vault, entry) : [],
          points: await pointsTold(ctx, entry),
        }),
        shown: shownOf(entry),
        purpose: { purpose: "requested" },
        cause: `receipt ${entry.order.id} ${ctx.requestId}`,
      });
      return ok({ messageId });
    },
    { problems: ORDER_PROBLEMS },
  ),
];

/** Whoever bought it, or the till that hands it over: to them a receipt tells the codes of gift cards. */
const isBuyer = ({ staff, device, kind }: Actor, { order }: BookEntry): boolean =>
  staff || device ? device?.kind === "till" && device.placeId === order.place_id : kind !== "secret" && kind !== "system";

/** Whether it leaves is asked when it does [MSG-8]: here nobody is told what somebody agreed to. */
async function writeTo(
  ctx: Ctx,
  brand: Brand,
  id: string,
  { kind, topic, subject, text }: Input<"messages.write">["body"],
): Promise<Result<{ messageId: MessageId }, MessageError>> {
  const recordId = await recordIdOf(ctx, id);
  if (!recordId) return err({ code: "customer.unknown" });
  const { email, phone } = await reachOf(ctx, recordId);
  const to = kind === "email" ? email : phone;
  if (to === null) return err({ code: "message.no_address", kind });
  const { channelId } = ctx.actor;
  const locale = localeIn(await languageOf(ctx, recordId, channelId));
  const messageId = await queueMessage(ctx, {
    recordId,
    kind,
    template: "written",
    channelId,
    to,
    rendered: kind === "email" ? writtenMail(brand, locale, subject, text) : { subject: "", text: `${brand.name}: ${text}`, html: null },
    purpose: { purpose: topic === "surveys" ? "research" : "marketing", topic },
    cause: `written ${ctx.requestId}`,
  });
  await auditWrite(ctx, { action: "messages.write", subject: `record/${recordId}` });
  return ok({ messageId });
}

/** Staff who could read a sign-in code could sign in as anybody, and by the link of a mail say yes for them; only a demo shows them. */
function withoutKeys(message: OutboundMessageView): OutboundMessageView {
  const hidden = message.template === "code" ? withoutCode : withoutLink;
  return { ...message, subject: hidden(message.subject), text: hidden(message.text), html: message.html && hidden(message.html) };
}

const withoutCode = (text: string): string => text.replaceAll(/(?<!\d)\d{6}(?!\d)/g, "••••••");
const withoutLink = (text: string): string => text.replaceAll(/(?<=\/shop\/(preferences|confirm|offers|changes)\/)[\w-]{22}/g, "••••••");

/** A receipt goes out for whoever may see the order: its customer, who holds its cart's token, staff, and its channel's own server. */
async function mayAsk(ctx: Ctx, { order }: BookEntry): Promise<boolean> {
  const { actor } = ctx;
  if (actor.staff || actor.kind === "system") return true;
  if (actor.customer && order.record_id && (await sameCustomer(ctx, actor.customer.recordId, order.record_id))) return true;
  if (actor.kind === "secret") return actor.channelId === order.channel_id;
  const cart = actor.cartToken !== null && order.cart_id !== null ? await loadCart(ctx, order.cart_id) : null;
  return cart ? mayUseCart(actor, cart) : false;
}
