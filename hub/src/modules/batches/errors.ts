import type { Problems } from "@weft/kernel";

export type BatchesError =
  | { readonly code: "recall.unknown" }
  | { readonly code: "recall.lifted" }
  | { readonly code: "recall.product_unknown" }
  | { readonly code: "recall.stands_already"; readonly recallId: string };

/** One row per code; a code without a row does not compile. */
export const BATCHES_PROBLEMS: Problems<BatchesError> = {
  "recall.unknown": { status: 404, title: "There is no such recall" },
  "recall.lifted": { status: 409, title: "This recall has been lifted" },
  "recall.product_unknown": { status: 422, title: "There is no such product, or it has no such variant" },
  "recall.stands_already": { status: 409, title: "The same is called back already" },
};
