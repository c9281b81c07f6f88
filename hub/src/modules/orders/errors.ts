import type { Problems } from "@weft/kernel";

export type OrderError =
  | { readonly code: "order.unknown" | "document.unknown" }
  | { readonly code: "invoice.not_possible"; readonly because: string }
  | { readonly code: "invoice.vat_number"; readonly problem: string };

export const ORDER_PROBLEMS: Problems<OrderError> = {
  "order.unknown": { status: 404, title: "There is no such order" },
  "invoice.not_possible": { status: 409, title: "No invoice can be asked for this" },
  "invoice.vat_number": { status: 422, title: "This is no VAT number of that country" },
  "document.unknown": { status: 404, title: "There is no such document" },
};
