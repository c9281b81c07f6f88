import { useSyncExternalStore } from "react";

const HALF_MINUTE_MS = 30_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = new Date();

/** The time, to within half a minute, kept true while the screen is shown: what is "open until" or "ready in" changes by itself. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, () => now);
}

function subscribe(listener: () => void): () => void {
  // The first to look in a while must not see an old time.
  if (listeners.size === 0 && Date.now() - now.getTime() > HALF_MINUTE_MS) now = new Date();
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = new Date();
    for (const each of listeners) each();
  }, HALF_MINUTE_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
