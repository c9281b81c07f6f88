import type { Problems } from "@weft/kernel";

export type ParityError =
  | { readonly code: "parity.unknown" }
  | { readonly code: "parity.unknown_place"; readonly placeId: string }
  | { readonly code: "parity.unknown_channel"; readonly channelId: string }
  | { readonly code: "parity.unknown_product" };

export const PARITY_PROBLEMS: Problems<ParityError> = {
  "parity.unknown": { status: 404, title: "There is no such check" },
  "parity.unknown_place": { status: 422, title: "There is no such store" },
  "parity.unknown_channel": { status: 422, title: "There is no such channel" },
  "parity.unknown_product": { status: 404, title: "There is no such product, or it is not sold" },
};
