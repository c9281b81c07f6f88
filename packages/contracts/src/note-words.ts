/** How long what somebody says about a line may be, and about the whole. */
export const MOST_LINE_NOTE = 140;
export const MOST_CART_NOTE = 280;
