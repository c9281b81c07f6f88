import { useEffect, useState, useSyncExternalStore } from "react";

const SECOND_MS = 1000;

/** The time to a few seconds: a ticket that is late says so while one looks. */
export function useTicking(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 5 * SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** On a phone a station scrolls; more than this nobody has in hand. */
const CELLS_ON_A_PHONE = 12;

/** Tickets for which the screen has room, as the grid of the style sheet divides it: columns by width, rows by height. */
export function useCells(): number {
  return useSyncExternalStore(subscribe, cellsNow);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("resize", listener);
  return () => window.removeEventListener("resize", listener);
}

function cellsNow(): number {
  if (innerWidth < 640) return CELLS_ON_A_PHONE;
  const columns = innerWidth >= 1500 ? 4 : innerWidth >= 960 ? 3 : 2;
  return columns * 2;
}
