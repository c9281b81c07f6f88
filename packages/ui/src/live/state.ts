/** Whether what a screen shows follows the hub. `since` is when it stopped to, so that a reader can judge how old the figures are. */
export type LiveState =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  | { readonly kind: "reconnecting"; readonly since: number }
  | { readonly kind: "offline"; readonly since: number };

/** After this long without a stream a screen says "offline since" instead of "reconnecting". */
export const OFFLINE_AFTER_MS = 10_000;

/** The state while there is no stream: first tries are `connecting`, a lost one is `reconnecting`, later `offline`. */
export function stateWithoutStream(lostAt: number | undefined, now: number, networkUp: boolean): LiveState {
  if (!networkUp) return { kind: "offline", since: lostAt ?? now };
  if (lostAt === undefined) return { kind: "connecting" };
  return now - lostAt < OFFLINE_AFTER_MS ? { kind: "reconnecting", since: lostAt } : { kind: "offline", since: lostAt };
}

/**
 * How long to wait before the next try, in milliseconds: 250 ms doubled with each failure up to 15 s, of which a random half is
 * taken off, so that a thousand screens do not come back in the same moment. `random` is in [0, 1).
 */
export function retryDelay(failures: number, random: number): number {
  const full = Math.min(15_000, 250 * 2 ** Math.min(failures, 10));
  return Math.round(full * (1 - random / 2));
}
