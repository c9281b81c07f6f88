import { useEffect, useState } from "react";

/** A phone that is busy for longer shows what waits all the same. */
const LONGEST_MS = 2000;

/** True from the first moment after `isReady` at which the browser has nothing more urgent to do. */
export function useIdleSince(isReady: boolean): boolean {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    if (!isReady) return undefined;
    // Safari has no idle callback: there a short wait lets the screen be drawn first.
    if (!("requestIdleCallback" in window)) {
      const timer = setTimeout(() => setIdle(true), 200);
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(() => setIdle(true), { timeout: LONGEST_MS });
    return () => cancelIdleCallback(handle);
  }, [isReady]);
  return isIdle;
}
