/** Wrong tries of one device, e-mail address or network address. */
export type Attempts = { readonly failures: number; readonly lastAt: Date; readonly blockedUntil: Date | null };

const FREE_FAILURES = 5;
const FIRST_BLOCK_SECONDS = 30;
const LONGEST_BLOCK_SECONDS = 15 * 60;
const FORGOTTEN_AFTER_SECONDS = 60 * 60;

/**
 * What is kept after a wrong PIN, password or token [ACC-5]: five are free, then each one closes the door for twice as long as the
 * one before, from 30 s to 15 min. An hour without a wrong try forgets them, so that nobody can be locked out for good.
 */
export function afterFailure(before: Attempts | undefined, now: Date): Attempts {
  const isForgotten = !before || now.getTime() - before.lastAt.getTime() > FORGOTTEN_AFTER_SECONDS * 1000;
  const failures = isForgotten ? 1 : before.failures + 1;
  if (failures < FREE_FAILURES) return { failures, lastAt: now, blockedUntil: null };
  const seconds = Math.min(LONGEST_BLOCK_SECONDS, FIRST_BLOCK_SECONDS * 2 ** (failures - FREE_FAILURES));
  return { failures, lastAt: now, blockedUntil: new Date(now.getTime() + seconds * 1000) };
}

/** Whether another try is refused unheard, right or wrong. */
export function isBlocked(attempts: Attempts | undefined, now: Date): boolean {
  return attempts?.blockedUntil !== null && attempts !== undefined && attempts.blockedUntil > now;
}
