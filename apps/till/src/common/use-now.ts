import { useEffect, useState } from "react";

const HALF_MINUTE_MS = 30_000;

/** The time, to within half a minute: what is late or overdue shows without a touch. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), HALF_MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
