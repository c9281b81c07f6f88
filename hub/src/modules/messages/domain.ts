import type { ChannelId, MessageId, RecordId } from "@weft/kernel";
import type { MessagePurpose } from "../consent/domain/index.ts";

/** A message as it leaves: a subject, plain words, and the same words with a little type for mail. */
export type Rendered = { readonly subject: string; readonly text: string; readonly html: string | null };

/** Stands where nobody is known by an address: a sign-in code to a newcomer. */
export const NOBODY = "00000000-0000-0000-0000-000000000000" as RecordId; // the one id that is not made by newId

/** What the hub writes, and `written`: what a member of staff wrote. */
export const TEMPLATES = [
  "code",
  "confirm_terms",
  "order_placed",
  "order_changed",
  "order_canceled",
  "order_ready",
  "order_preparing",
  "order_not_ready",
  "order_sent",
  "order_waiting",
  "order_moved",
  "order_delayed",
  "order_sold_out",
  "order_not_collected",
  "goods_came",
  "goods_moved",
  "receipt",
  "written",
  "notice",
  "wish",
  "booking",
  "offer",
  "change_offer",
  "payment_needed",
  "recall",
] as const;
export type TemplateName = (typeof TEMPLATES)[number];

/** An order as a message told of it: ids, states and amounts, no words. */
export type ShownInMessage = {
  readonly order: {
    readonly id: string;
    readonly number: string;
    readonly state: string;
    readonly paymentState: string;
    readonly fulfillmentState: string;
    readonly total: { readonly amount: number; readonly currency: string };
  };
};

export type NewMessage = {
  /** Null: nobody is known by the address. */
  readonly recordId: RecordId | null;
  readonly kind: "email" | "sms";
  readonly template: TemplateName;
  readonly channelId: ChannelId | null;
  readonly to: string;
  readonly rendered: Rendered;
  /** What it is for; without one an order needs it. Asked again right before it leaves [MSG-8]. */
  readonly purpose?: MessagePurpose;
  /** What of an order it tells, for the measure of continuity: the reader was shown it. */
  readonly shown?: ShownInMessage;
  /** What caused it, as ids: the same cause never sends twice [MSG-1]. */
  readonly cause: string;
};

/** Which message, as its table finds it. `createdAt` is ISO 8601, UTC. */
export type MessageKey = { readonly messageId: string; readonly recordId: string; readonly createdAt: string };

/** A mail as it is handed to whoever carries it. */
export type Mail = {
  readonly id: MessageId;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  /** Where a mail program unsubscribes with one click [RFC 8058]; null on what an order needs or somebody asked for. */
  readonly unsubscribeUrl: string | null;
};

/** Carries mail to the outside. Throws when it was not taken; then it is given again, with the same id. Never called inside a transaction. */
export type MailPort = { send(mail: Mail): Promise<void> };

/** After so many failures in a row a message stays as failed. */
export const MOST_ATTEMPTS = 8;
/** Messages with a code lose their words after so many hours: the code works for ten minutes. */
export const CODE_HOURS = 24;
