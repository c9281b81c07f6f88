/** Where a channel shows goods: the pages of its shop and what their heads tell search engines, its feeds, tills, menu boards, its stores. */
export const PARITY_WINDOWS = ["page", "page_data", "product_feed", "inventory_feed", "till", "board", "store_page"] as const;
export type ParityWindowKind = (typeof PARITY_WINDOWS)[number];

/** What is compared. `listed`: whether it is shown there at all. */
export const PARITY_ATTRIBUTES = [
  "listed",
  "name",
  "price",
  "promotion",
  "tax",
  "picture",
  "availability",
  "promise",
  "points",
  "hours",
  "return_terms",
] as const;
export type ParityAttribute = (typeof PARITY_ATTRIBUTES)[number];

/** What a difference is: wanted by how channels are linked and set, late, or a mistake. */
export const PARITY_VERDICTS = ["wrong", "lagging", "allowed"] as const;
export type ParityVerdict = (typeof PARITY_VERDICTS)[number];
