/** What moves goods besides sales, and how far it is; known to apps that carry no schemas. */
export const STOCK_DOCUMENT_KINDS = ["delivery", "waste", "transfer", "count"] as const;
export const STOCK_DOCUMENT_STATES = ["open", "in_transit", "done", "discarded"] as const;
/** Why goods are thrown away. */
export const WASTE_REASONS = ["out_of_date", "broken", "spoiled", "lost", "other"] as const;

/** How goods are sold before they are there: they come again, or they are not on the market yet. */
export const AHEAD_KINDS = ["backorder", "preorder"] as const;
