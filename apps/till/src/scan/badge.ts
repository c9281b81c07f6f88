import { useEffect, useEffectEvent } from "react";

/** What the code on a badge of staff looks like, as `access.makeBadge` makes it. */
const BADGE = /^SB[A-Z0-9]{24}$/;

let take: ((badge: string) => void) | undefined;

/**
 * Whether what was scanned is a badge. It is no product and no customer's: whichever screen listens for codes, it goes to what lets its holder in
 * [ACC-20].
 */
export function isBadge(scanned: string): boolean {
  const badge = scanned.trim();
  if (!BADGE.test(badge)) return false;
  take?.(badge);
  return true;
}

/** Takes every badge that is scanned while mounted: where a PIN is asked for, and in the frame of an open shift. */
export function useBadges(onBadge: (badge: string) => void): void {
  const taken = useEffectEvent(onBadge);
  useEffect(() => {
    take = (badge) => taken(badge);
    return () => {
      take = undefined;
    };
  }, []);
}
