import { asId, formatMoney, type OrderId } from "@weft/kernel";
import type { Ctx, Vault } from "../../platform/index.ts";
import { changeLinkById, changeLinkUrl, type ChangeLinkId } from "../checkout/index.ts";
import { readOrder } from "../orders/index.ts";
import { addressed, reachOfBuyer } from "./buyer.ts";
import { queueMessage } from "./commands.ts";
import { changeOfferMail, changeOfferText, type Brand } from "./templates/index.ts";

type Deps = { readonly brand: Brand; readonly vault: Vault; readonly publicUrl: string };

/** Sends the buyer of an order the link by which a change is paid [MSG-21], while it stands. Without an address staff show the link themselves. */
export async function writeChangeOffer(
  ctx: Ctx,
  { brand, vault, publicUrl }: Deps,
  fact: { readonly orderId: string; readonly linkId: string },
): Promise<void> {
  const link = await changeLinkById(ctx, asId<ChangeLinkId>(fact.linkId)); // ids in events are texts
  const entry = link?.state === "open" ? await readOrder(ctx, asId<OrderId>(fact.orderId)) : null;
  const reach = entry && (await reachOfBuyer(ctx, entry.order.id, entry.order.record_id, entry.order.channel_id));
  const to = reach?.phone ?? reach?.email;
  if (!link || !entry || !reach || !to) return;
  const { number, time_zone: timeZone } = entry.order;
  const news = {
    number,
    staffName: link.actor.staff?.name ?? "",
    amount: formatMoney({ amount: link.difference, currency: link.currency }, reach.locale),
    until: new Intl.DateTimeFormat(reach.locale, { dateStyle: "long", timeStyle: "short", timeZone }).format(link.validUntil),
    url: changeLinkUrl({ publicUrl, vault }, link.id),
  };
  const isText = reach.phone !== null;
  await queueMessage(ctx, {
    ...addressed(entry, to),
    kind: isText ? "sms" : "email",
    template: "change_offer",
    rendered: (isText ? changeOfferText : changeOfferMail)(brand, reach.locale, news),
    purpose: { purpose: "requested" },
    cause: `change link ${link.id}`,
  });
}
