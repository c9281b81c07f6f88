import type { BoardQueueView, BoardTicketView } from "@weft/contracts/client";

/** More nobody reads from four meters. */
export const MOST_TICKETS = 12;
/** What is ready is why people look up: it always has this much room. */
const READY_ROOM = 6;

/** What fits on the wall, and how many are left out on each side, also of those that the hub left out [BRD-1]. What is ready gives way last. */
export function fitOnBoard({ preparing, ready, count }: Pick<BoardQueueView, "preparing" | "ready" | "count">): {
  readonly preparing: readonly BoardTicketView[];
  readonly ready: readonly BoardTicketView[];
  readonly more: { readonly preparing: number; readonly ready: number };
} {
  const readyRoom = Math.max(READY_ROOM, MOST_TICKETS - preparing.length);
  const shownReady = ready.slice(0, readyRoom);
  const shownPreparing = preparing.slice(0, MOST_TICKETS - shownReady.length);
  return {
    preparing: shownPreparing,
    ready: shownReady,
    more: { preparing: count.preparing - shownPreparing.length, ready: count.ready - shownReady.length },
  };
}

/** The tickets that came since: what makes a sound. The first look makes none. */
export function newlyReady(before: readonly BoardTicketView[] | undefined, after: readonly BoardTicketView[]): readonly BoardTicketView[] {
  if (before === undefined) return [];
  const known = new Set(before.map(({ id }) => id));
  return after.filter(({ id }) => !known.has(id));
}

/** A number as it is called out: the last four characters, or all of it when it is short. */
export function calledNumber(number: string): string {
  const [last = number] = number.split("-").slice(-1);
  return last;
}
