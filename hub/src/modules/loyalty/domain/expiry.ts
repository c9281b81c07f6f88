import { addDays, instantOf, wallClock } from "@weft/kernel";

/** How long points last: `days` to the end of that day where they were earned, null for ever. Versioned, never edited [LOY-9]. */
export type ExpiryPolicy = { readonly version: number; readonly days: number | null };

/** Where nothing was decided, points last. */
export const NO_EXPIRY: ExpiryPolicy = { version: 0, days: null };

/**
 * When points that are earned now will have expired [LOY-9]: the midnight that ends their last day in the place's time zone, whatever the
 * clock changes in between. Example: 30 days, earned in Paris on 2 March at noon, last through 1 April.
 */
export function expiryOf({ days }: ExpiryPolicy, earnedAt: Date, timeZone: string): Date | null {
  if (days === null) return null;
  return instantOf(addDays(wallClock(earnedAt, timeZone).date, days + 1), 0, timeZone);
}
