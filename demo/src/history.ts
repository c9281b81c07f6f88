/** How many days of orders the history holds. */
export const HISTORY_DAYS = 120;
