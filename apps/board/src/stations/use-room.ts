import { useEffect, useState, useSyncExternalStore } from "react";
import type { Room } from "./queue.ts";

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
const ON_A_PHONE: Room = { cells: 12, lines: Infinity };
/** The two rows of buttons above and below the tickets, what a ticket has around its lines, and a line of text, in pixels. */
const BUTTONS = 96;
const FRAME = 150;
const LINE = 26;
/** Head, foot and gaps, of the shorter side of the screen. */
const AROUND = 0.22;

/** What the screen has room for, as the grid of the style sheet divides it: columns by width, two rows by height. */
export function useRoom(): Room {
  const [cells = 0, lines = 0] = useSyncExternalStore(subscribe, roomNow).split(" ").map(Number);
  return { cells, lines };
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("resize", listener);
  return () => window.removeEventListener("resize", listener);
}

/** As a text, so that the same room is the same value. */
function roomNow(): string {
  if (innerWidth < 640) return `${ON_A_PHONE.cells} ${ON_A_PHONE.lines}`;
  const columns = innerWidth >= 1500 ? 4 : innerWidth >= 960 ? 3 : 2;
  const around = BUTTONS + AROUND * Math.min(innerWidth, innerHeight);
  const line = innerWidth >= 1500 ? LINE * 1.3 : LINE;
  return `${columns * 2} ${Math.max(2, ((innerHeight - around) / 2 - FRAME) / line)}`;
}
