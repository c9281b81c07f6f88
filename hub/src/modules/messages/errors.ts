import type { Problems } from "@weft/kernel";

export type MessageError = { readonly code: "customer.unknown" } | { readonly code: "message.no_address"; readonly kind: "email" | "sms" };

export const MESSAGE_PROBLEMS: Problems<MessageError> = {
  "customer.unknown": { status: 404, title: "There is no such customer" },
  "message.no_address": { status: 422, title: "Nobody knows where to write to them in this way" },
};
