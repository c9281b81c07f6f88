import { asId, type FulfillmentId, type OrderId } from "@weft/kernel";
import type { Ctx } from "../../platform/index.ts";
import { readFulfillment } from "../fulfillment/index.ts";
import { readOrder } from "../orders/index.ts";
import { addressed, reachOfBuyer } from "./buyer.ts";
import { queueMessage } from "./commands.ts";
import { parcelMail, parcelText, type Brand } from "./templates/index.ts";

type Sent = { readonly fulfillmentId: string; readonly orderId: string; readonly parcelId: string };

/** A parcel left: its customer gets its number, once for every parcel [MSG-2]. Whoever left no address follows it on the order's page. */
export async function writeParcel(
  ctx: Ctx,
  { brand, publicUrl }: { readonly brand: Brand; readonly publicUrl: string },
  { fulfillmentId, orderId, parcelId }: Sent,
): Promise<void> {
  const entry = await readOrder(ctx, asId<OrderId>(orderId)); // ids in events are texts
  const sent = await readFulfillment(ctx, asId<FulfillmentId>(fulfillmentId)); // the same
  const parcel = sent?.shipment?.parcels.find(({ id }) => id === parcelId);
  const reach = entry && (await reachOfBuyer(ctx, entry.order.id, entry.order.record_id, entry.order.channel_id));
  const to = reach?.phone ?? reach?.email;
  if (!entry || !sent || !parcel || !reach || !to) return;
  const news = {
    number: entry.order.number,
    carrier: parcel.carrier,
    trackingNumber: parcel.tracking_number,
    trackingUrl: parcel.tracking_url,
    until: sent.fulfillment.promised_at,
    timeZone: entry.order.time_zone,
    url: `${publicUrl}/shop/orders/${orderId}`,
  };
  const isText = reach.phone !== null;
  await queueMessage(ctx, {
    ...addressed(entry, to),
    kind: isText ? "sms" : "email",
    template: "order_sent",
    rendered: (isText ? parcelText : parcelMail)(brand, reach.locale, news),
    cause: `parcel ${parcelId}`,
  });
}
