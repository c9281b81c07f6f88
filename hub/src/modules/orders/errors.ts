import type { Problems } from "@weft/kernel";

export type OrderError = { readonly code: "order.unknown" };

export const ORDER_PROBLEMS: Problems<OrderError> = {
  "order.unknown": { status: 404, title: "There is no such order" },
};
