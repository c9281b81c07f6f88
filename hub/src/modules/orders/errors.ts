import type { Problems } from "@weft/kernel";

export type OrderError = { readonly code: "order.unknown" | "document.unknown" };

export const ORDER_PROBLEMS: Problems<OrderError> = {
  "order.unknown": { status: 404, title: "There is no such order" },
  "document.unknown": { status: 404, title: "There is no such document" },
};
