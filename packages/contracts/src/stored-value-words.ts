/** Why staff give store credit without a return; known to apps that carry no schemas. */
export const CREDIT_REASONS = ["goodwill", "late_delivery", "price_mistake", "other"] as const;
/** Where a gift card stands: `open` can be spent. */
export const GIFT_CARD_STATES = ["open", "blocked", "empty", "expired"] as const;
