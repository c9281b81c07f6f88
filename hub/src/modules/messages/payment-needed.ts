import { asId, formatMoney, type OrderId } from "@weft/kernel";
import type { Ctx } from "../../platform/index.ts";
import { readOrder } from "../orders/index.ts";
import { addressed, reachOfBuyer } from "./buyer.ts";
import { queueMessage } from "./commands.ts";
import { paymentNeededMail, paymentNeededText, type Brand, type PaymentNeededNews } from "./templates/index.ts";

type Deps = { readonly brand: Brand; readonly publicUrl: string };

/** Asks the buyer of an order to pay what is due before its goods leave [MSG-24], on the page of the order; once of each cause. */
export async function writePaymentNeeded(
  ctx: Ctx,
  { brand, publicUrl }: Deps,
  { orderId, because }: { readonly orderId: string; readonly because: PaymentNeededNews["because"] },
  eventId: string,
): Promise<void> {
  const entry = await readOrder(ctx, asId<OrderId>(orderId)); // ids in events are texts
  // Paid or canceled meanwhile, there is nothing to ask for.
  if (!entry || entry.order.due === 0 || entry.order.state === "canceled") return;
  const reach = await reachOfBuyer(ctx, entry.order.id, entry.order.record_id, entry.order.channel_id);
  const to = reach?.phone ?? reach?.email;
  if (!reach || !to) return;
  const { number, due, currency } = entry.order;
  const news = {
    number,
    due: formatMoney({ amount: due, currency }, reach.locale),
    because,
    url: `${publicUrl}/shop/orders/${orderId}`,
  };
  const isText = reach.phone !== null;
  await queueMessage(ctx, {
    ...addressed(entry, to),
    kind: isText ? "sms" : "email",
    template: "payment_needed",
    rendered: (isText ? paymentNeededText : paymentNeededMail)(brand, reach.locale, news),
    cause: `payment ${eventId}`,
  });
}
