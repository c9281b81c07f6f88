import { asId, type BusinessDate, type FulfillmentId, type OrderId } from "@weft/kernel";
import type { Ctx } from "../../platform/index.ts";
import { readFulfillment, type WholeFulfillment } from "../fulfillment/index.ts";
import { namesOf, readOrder } from "../orders/index.ts";
import { addressed, reachOfBuyer } from "./buyer.ts";
import { queueMessage } from "./commands.ts";
import { goodsMail, goodsText, type AwaitedGoods, type Brand } from "./templates/index.ts";

/** The goods of a part, as a message names them. */
const goodsOf = ({ lines }: WholeFulfillment): AwaitedGoods["goods"] =>
  lines.filter(({ kind }) => kind === "goods").map(({ name, quantity }) => ({ name, quantity }));

/** What of an order is still to come, for its confirmation. */
export const laterOf = (parts: readonly WholeFulfillment[]): AwaitedGoods[] =>
  parts.flatMap((part) => (part.fulfillment.awaits_on === null ? [] : [{ goods: goodsOf(part), on: part.fulfillment.awaits_on }]));

type News = { readonly fulfillmentId: string; readonly orderId: string; readonly awaitsOn: BusinessDate | null };

/** Goods that an order waits for are there, or come on another day: its customer is told, once of each [MSG-22]. */
export async function writeGoods(
  ctx: Ctx,
  { brand, publicUrl }: { readonly brand: Brand; readonly publicUrl: string },
  { fulfillmentId, orderId, awaitsOn }: News,
  eventId: string,
): Promise<void> {
  const part = await readFulfillment(ctx, asId<FulfillmentId>(fulfillmentId)); // ids in events are texts
  const entry = part && (await readOrder(ctx, asId<OrderId>(orderId)));
  const reach = entry && (await reachOfBuyer(ctx, entry.order.id, entry.order.record_id, entry.order.channel_id));
  const to = reach?.phone ?? reach?.email;
  if (!part || !entry || !reach || !to) return;
  const { place_id: placeId, kind } = part.fulfillment;
  const news = {
    number: entry.order.number,
    goods: goodsOf(part),
    on: awaitsOn,
    isSent: kind === "ship",
    placeName: (await namesOf(ctx.snapshots)).placeName(placeId) ?? "",
    url: `${publicUrl}/shop/orders/${orderId}`,
  };
  const isText = reach.phone !== null;
  await queueMessage(ctx, {
    ...addressed(entry, to),
    kind: isText ? "sms" : "email",
    template: awaitsOn === null ? "goods_came" : "goods_moved",
    rendered: (isText ? goodsText : goodsMail)(brand, reach.locale, news),
    cause: `goods ${eventId}`,
  });
}
