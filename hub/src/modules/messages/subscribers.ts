import { asId, asIdOrNull, type ChannelId, type OrderId, type PlaceId, type RecordId } from "@weft/kernel";
import { addJob, on, subscriber, type Ctx, type Job, type Subscriber, type Vault } from "../../platform/index.ts";
import { RecallChanged } from "../batches/events.ts";
import { SoldOutChanged } from "../catalog/events.ts";
import { channelOf } from "../channels/index.ts";
import { ConfirmationRequested, PreferencesChanged } from "../consent/events.ts";
import { openConfirmation, type ConfirmationId } from "../consent/index.ts";
import { CodeRequested } from "../customers/events.ts";
import { openChallenge, reachOf } from "../customers/index.ts";
import {
  CollectionEnding,
  FulfillmentChanged,
  FulfillmentDelayed,
  FulfillmentMoved,
  FulfillmentRejected,
  GoodsCame,
  GoodsMoved,
  ParcelSent,
} from "../fulfillment/events.ts";
import { fulfillmentsOf } from "../fulfillment/index.ts";
import { OrderCanceled, OrderChanged, OrderChangeOffered, OrderPlaced } from "../orders/events.ts";
import { namesOf, readOrder } from "../orders/index.ts";
import { addressed, mailOf, openCodes } from "./buyer.ts";
import { writeChangeOffer } from "./change-offer.ts";
import { writeChanged } from "./changed.ts";
import { writeDelayed, writeEnding, writeMoved, writeSoldOut, writeStep } from "./collection.ts";
import { queueMessage } from "./commands.ts";
import type { MessageKey } from "./domain.ts";
import { MessageQueued, NoticeMailingStarted } from "./events.ts";
import { giftCardsTold } from "./gift-cards.ts";
import { laterOf, writeGoods } from "./goods.ts";
import { askHeldAgain } from "./held.ts";
import { BookingChanged, BookingNear } from "../bookings/events.ts";
import { writeBooking } from "./booking.ts";
import { WishCameTrue } from "../saved/events.ts";
import { writeWish } from "./wish.ts";
import { writeParcel } from "./parcel.ts";
import { writePaymentNeeded } from "./payment-needed.ts";
import { PaymentNeeded } from "../payments/events.ts";
import { recallsTold, type RecallToTell } from "./recalls/index.ts";
import { pointsTold } from "./points-told.ts";
import { changedMail, codeMail, codeSms, confirmTermsMail, localeIn, orderMail, type Brand } from "./templates/index.ts";

export type MessagesDeps = {
  readonly brand: Brand;
  readonly vault: Vault;
  readonly publicUrl: string;
  readonly send: Job<MessageKey>;
  readonly mailings: Job<object>;
  readonly recalls: Job<RecallToTell>;
};

/** What people are written about. Each message has its cause as a key, so a fact that comes twice writes once [MSG-1]. */
export const messagesSubscribers = (deps: MessagesDeps): readonly Subscriber[] => [
  subscriber("messages.write", [
    on(CodeRequested, (ctx, { data }) => writeCode(ctx, deps, data.challengeId)),
    on(ConfirmationRequested, (ctx, { data }) => writeConfirmTerms(ctx, deps, data.confirmationId, asIdOrNull(data.channelId))),
    on(OrderPlaced, async (ctx, { data }) => {
      // What is handed over by itself, away from a counter, are gift cards: their codes are all that there is of them.
      if (data.mode !== "live") return;
      if (data.handedOver && (await isCounter(ctx, asId<ChannelId>(data.channelId)))) return;
      const { orderId, recordId, channelId } = data; // ids in events are texts
      await writeConfirmation(ctx, deps, asId<OrderId>(orderId), asIdOrNull<RecordId>(recordId), asId<ChannelId>(channelId));
    }),
    on(FulfillmentChanged, (ctx, { data }) => writeStep(ctx, deps, data)),
    on(CollectionEnding, (ctx, { data }) => writeEnding(ctx, deps, data)),
    on(FulfillmentDelayed, (ctx, event) => writeDelayed(ctx, deps, event.data, event.id)),
    on(FulfillmentMoved, (ctx, event) => writeMoved(ctx, deps, event.data, event.id)),
    on(SoldOutChanged, async (ctx, { data }) => {
      if (data.soldOut) await writeSoldOut(ctx, deps, data);
    }),
    on(GoodsCame, (ctx, { data, id }) => writeGoods(ctx, deps, { ...data, awaitsOn: null }, id)),
    on(GoodsMoved, (ctx, { data, id }) => writeGoods(ctx, deps, data, id)),
    on(ParcelSent, (ctx, { data }) => writeParcel(ctx, deps, data)),
    on(FulfillmentRejected, (ctx, { data }) => writeRejected(ctx, deps, data)),
    on(OrderChanged, (ctx, { data }) => writeChanged(ctx, deps, data)),
    on(OrderCanceled, (ctx, { data }) => writeChanged(ctx, deps, data)),
    on(PaymentNeeded, (ctx, { data, id }) => writePaymentNeeded(ctx, deps, data, id)),
    on(OrderChangeOffered, (ctx, { data }) => writeChangeOffer(ctx, deps, data)),
  ]),
  subscriber("messages.bookings", [
    on(BookingChanged, async (ctx, { data }) => {
      // What became of it they know themselves.
      if (data.what !== "attended" && data.what !== "no_show") await writeBooking(ctx, deps, data, data.what);
    }),
    on(BookingNear, (ctx, { data }) => writeBooking(ctx, deps, data, "near")),
  ]),
  subscriber("messages.wishes", [on(WishCameTrue, (ctx, { data }) => writeWish(ctx, deps, data))]),
  subscriber("messages.notice_mailings", [on(NoticeMailingStarted, (ctx) => addJob(ctx, deps.mailings, {}, { key: deps.mailings.name }))]),
  subscriber("messages.recalls", [
    on(RecallChanged, async (ctx, { data: { recallId, what } }) => {
      if (what === "telling") await addJob(ctx, deps.recalls, { recallId }, { key: `recall ${recallId}` });
    }),
    // What a till sold while it was cut off becomes known later, and so does its buyer.
    on(OrderPlaced, async (ctx, { data: { orderId, variantIds } }) => {
      for (const recallId of await recallsTold(ctx, variantIds))
        await addJob(ctx, deps.recalls, { recallId, orderId }, { key: `recall ${recallId} ${orderId}` });
    }),
  ]),
  subscriber("messages.held", [on(PreferencesChanged, (ctx, { data }) => askHeldAgain(ctx, deps.send, asId<RecordId>(data.recordId)))]),
  subscriber("messages.send", [on(MessageQueued, (ctx, { data }) => addJob(ctx, deps.send, data, { key: `message ${data.messageId}` }))]),
];

/** Where what is handed over is in the customer's hand, with its paper. */
const isCounter = async (ctx: Ctx, channelId: ChannelId): Promise<boolean> => (await channelOf(ctx, channelId))?.kind === "store";

async function writeCode(ctx: Ctx, { brand, vault }: MessagesDeps, challengeId: string): Promise<void> {
  const challenge = await openChallenge(ctx, vault, challengeId);
  if (!challenge) return;
  const { kind, code, purpose } = challenge;
  const locale = localeIn(challenge.locale);
  await queueMessage(ctx, {
    recordId: challenge.recordId,
    kind: kind === "email" ? "email" : "sms",
    template: "code",
    channelId: challenge.channelId,
    to: challenge.address,
    rendered: kind === "email" ? codeMail(brand, locale, purpose, code) : codeSms(brand, locale, code),
    purpose: { purpose: "requested" },
    cause: `code ${challengeId}`,
  });
}

async function writeConfirmTerms(
  ctx: Ctx,
  { brand, vault, publicUrl }: MessagesDeps,
  confirmationId: string,
  channelId: ChannelId | null,
): Promise<void> {
  const waiting = await openConfirmation(ctx, vault, asId<ConfirmationId>(confirmationId)); // ids in events are texts
  const reach = waiting && (await reachOf(ctx, waiting.recordId));
  if (!waiting || !reach?.email) return;
  await queueMessage(ctx, {
    recordId: waiting.recordId,
    kind: "email",
    template: "confirm_terms",
    channelId,
    to: reach.email,
    rendered: confirmTermsMail(brand, waiting.language, `${publicUrl}/shop/confirm/${waiting.token}`),
    purpose: { purpose: "requested" },
    cause: `confirmation ${confirmationId}`,
  });
}

async function writeConfirmation(
  ctx: Ctx,
  { brand, vault }: MessagesDeps,
  orderId: OrderId,
  recordId: RecordId | null,
  channelId: ChannelId,
): Promise<void> {
  // Most buyers at a counter leave no address, so the order, five statements, is read only when there is somebody to write to.
  const reach = await mailOf(ctx, orderId, recordId, channelId);
  const entry = reach && (await readOrder(ctx, orderId));
  if (!entry) return;
  const parts = await fulfillmentsOf(ctx, orderId);
  await queueMessage(ctx, {
    ...addressed(entry, reach.email),
    template: "order_placed",
    rendered: orderMail(brand, reach.locale, entry, {
      collectCodes: openCodes(vault, parts),
      later: laterOf(parts),
      giftCards: await giftCardsTold(ctx, vault, entry),
      points: await pointsTold(ctx, entry),
    }),
    cause: `order ${orderId} placed`,
  });
}

type Refusal = {
  readonly orderId: string;
  readonly refusalId: string;
  readonly reason: string;
  readonly lines: readonly { readonly orderLineId: string; readonly quantity: number }[];
  readonly movedTo: string | null;
  readonly movedToPlaceId: string | null;
};

/** What a place could not serve: where it is instead, with the code that opens it there, or that its money goes back. */
async function writeRejected(
  ctx: Ctx,
  { brand, vault, publicUrl }: MessagesDeps,
  { orderId, refusalId, reason, lines, movedTo, movedToPlaceId }: Refusal,
): Promise<void> {
  const entry = await readOrder(ctx, asId<OrderId>(orderId)); // ids in events are texts
  const reach = entry && (await mailOf(ctx, entry.order.id, entry.order.record_id, entry.order.channel_id));
  if (!entry || !reach) return;
  const refused = entry.lines.flatMap((line) => {
    const quantity = lines.find(({ orderLineId }) => orderLineId === line.id)?.quantity;
    return quantity === undefined ? [] : [{ name: line.name, quantity, unit: line.unit }];
  });
  const elsewhere = (await fulfillmentsOf(ctx, entry.order.id)).filter(({ fulfillment }) => fulfillment.id === movedTo);
  const placeId = asIdOrNull<PlaceId>(movedToPlaceId);
  await queueMessage(ctx, {
    ...addressed(entry, reach.email),
    template: "order_changed",
    rendered: changedMail(brand, reach.locale, entry.order.number, {
      refused,
      placeName: placeId && (await namesOf(ctx.snapshots)).placeName(placeId),
      codes: openCodes(vault, elsewhere),
      url: `${publicUrl}/shop/orders/${orderId}`,
      isWish: reason === "not_wanted",
      isSent: elsewhere.some(({ fulfillment }) => fulfillment.kind === "ship"),
      on: elsewhere[0]?.fulfillment.awaits_on ?? null,
    }),
    cause: `refusal ${refusalId}`,
  });
}
