import type { Problems } from "@weft/kernel";

export type SavedError =
  | { readonly code: "list.unknown" }
  | { readonly code: "list.too_many"; readonly most: number }
  | { readonly code: "list.line_unknown" }
  | { readonly code: "customer.unknown" }
  | { readonly code: "wish.unknown" }
  | { readonly code: "wish.goods_unknown"; readonly sku: string | null }
  | { readonly code: "wish.place_unknown" }
  | { readonly code: "wish.true_already" }
  | { readonly code: "wish.too_many"; readonly most: number }
  | { readonly code: "wish.offer_over" }
  | { readonly code: "wish.not_taken"; readonly because: string };

export const SAVED_PROBLEMS: Problems<SavedError> = {
  "list.unknown": { status: 404, title: "There is no such list, or it is not yours" },
  "list.too_many": { status: 409, title: "There are as many lists as one may have" },
  "list.line_unknown": { status: 404, title: "This cart has no such line" },
  "customer.unknown": { status: 404, title: "There is no such customer" },
  "wish.unknown": { status: 404, title: "There is no such wish, or it is not yours" },
  "wish.goods_unknown": { status: 422, title: "There are no such goods" },
  "wish.place_unknown": { status: 422, title: "This wish is about a store: say which one" },
  "wish.true_already": { status: 409, title: "This is so already" },
  "wish.too_many": { status: 409, title: "There are as many wishes as one may have" },
  "wish.offer_over": { status: 409, title: "Nothing is held for this wish any more" },
  "wish.not_taken": { status: 409, title: "The cart cannot take it; it is held as before" },
};
