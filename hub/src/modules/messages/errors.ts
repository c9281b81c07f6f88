import type { Problems } from "@weft/kernel";
import { FULFILLMENT_PROBLEMS, type FulfillmentError } from "../fulfillment/index.ts";

export type MessageError =
  | FulfillmentError
  | { readonly code: "customer.unknown" }
  | { readonly code: "message.no_address"; readonly kind: "email" | "sms" };

export const MESSAGE_PROBLEMS: Problems<MessageError> = {
  ...FULFILLMENT_PROBLEMS,
  "customer.unknown": { status: 404, title: "There is no such customer" },
  "message.no_address": { status: 422, title: "Nobody knows where to write to them in this way" },
};
