import type { Problems } from "@weft/kernel";
import { CUSTOMER_PROBLEMS, type NoticeError } from "../customers/index.ts";
import { FULFILLMENT_PROBLEMS, type FulfillmentError } from "../fulfillment/index.ts";

export type MessageError =
  | FulfillmentError
  | NoticeError
  | { readonly code: "customer.unknown" }
  | { readonly code: "notice.mailing_under_way" }
  | { readonly code: "notice.mailing_unknown" }
  | { readonly code: "notice.mailing_ended" }
  | { readonly code: "message.no_address"; readonly kind: "email" | "sms" };

export const MESSAGE_PROBLEMS: Problems<MessageError> = {
  ...FULFILLMENT_PROBLEMS,
  "customer.unknown": CUSTOMER_PROBLEMS["customer.unknown"],
  "notice.unknown": CUSTOMER_PROBLEMS["notice.unknown"],
  "notice.version_taken": CUSTOMER_PROBLEMS["notice.version_taken"],
  "notice.says_nothing_of_joining": CUSTOMER_PROBLEMS["notice.says_nothing_of_joining"],
  "notice.nowhere_to_read": CUSTOMER_PROBLEMS["notice.nowhere_to_read"],
  "notice.mailing_under_way": { status: 409, title: "A notice is being sent to the people of this channel" },
  "notice.mailing_unknown": { status: 404, title: "There is no such mailing" },
  "notice.mailing_ended": { status: 409, title: "This mailing has ended" },
  "message.no_address": { status: 422, title: "Nobody knows where to write to them in this way" },
};
