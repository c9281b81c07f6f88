import type { BoardQueueView } from "@weft/contracts";
import type { PlaceId } from "@weft/kernel";
import { workCounts, workOf, type WholeFulfillment } from "../../modules/fulfillment/index.ts";
import { placesSnapshot } from "../../modules/places/index.ts";
import type { ReadCtx } from "../../platform/index.ts";

const HOUR_MS = 3_600_000;
/** More tickets than this nobody reads from four meters. */
const MOST_TICKETS = 12;
/** Who has not fetched it by then does not stand in the store; it would keep the place of somebody who does. */
const FORGOTTEN_HOURS = 3;
/** What is wanted later than this is in nobody's hands yet, unless somebody has begun it. */
const SOON_HOURS = 1;
/** No store makes so many in the hours that a board looks back. */
const MOST_READ = 500;

type Ticket = BoardQueueView["ready"][number];

/** The collection queue of a place, as strangers may read it on the wall: by names, or by numbers alone where the place calls them so [BRD-2]. */
export async function queueOf(ctx: Pick<ReadCtx, "db" | "snapshots">, placeId: PlaceId, now: Date): Promise<BoardQueueView> {
  const wanted = { from: new Date(now.getTime() - FORGOTTEN_HOURS * HOUR_MS), until: new Date(now.getTime() + SOON_HOURS * HOUR_MS) };
  const filter = { placeId, kind: "counter" as const, number: null, circle: null, after: null, wanted, limit: MOST_READ };
  const { version } = await workCounts(ctx, placeId);
  const open = await workOf(ctx, { ...filter, state: "open" });
  const ready = await workOf(ctx, { ...filter, state: "ready" });
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
  const { preparing, ready: waiting, count } = ticketsOf(open, ready, now);
  const called = (tickets: readonly Ticket[]) =>
    place?.settings.boardCalls === "numbers" ? tickets.map((ticket) => ({ ...ticket, name: null })) : [...tickets];
  return { preparing: called(preparing), ready: called(waiting), count, at: now.toISOString(), version };
}

/** Chooses what is on the board: what is being made, the oldest first, and what waits, the newest first; and counts both [BRD-1]. */
export function ticketsOf(
  open: readonly WholeFulfillment[],
  ready: readonly WholeFulfillment[],
  now: Date,
): Pick<BoardQueueView, "preparing" | "ready" | "count"> {
  const soon = now.getTime() + SOON_HOURS * HOUR_MS;
  const late = now.getTime() - FORGOTTEN_HOURS * HOUR_MS;
  const isNow = (whole: WholeFulfillment): boolean => {
    const wanted = Math.max(whole.fulfillment.due_at?.getTime() ?? 0, sinceOf(whole).getTime());
    return wanted >= late && (isBegun(whole) || (whole.fulfillment.due_at?.getTime() ?? 0) <= soon);
  };
  const isWaiting = (whole: WholeFulfillment): boolean => sinceOf(whole).getTime() >= late;
  const newestFirst = (a: WholeFulfillment, b: WholeFulfillment): number => sinceOf(b).getTime() - sinceOf(a).getTime();
  const preparing = open.filter(isNow);
  const waiting = ready.filter(isWaiting).sort(newestFirst);
  return {
    preparing: preparing.slice(0, MOST_TICKETS).map(toTicket),
    ready: waiting.slice(0, MOST_TICKETS).map(toTicket),
    count: { preparing: preparing.length, ready: waiting.length },
  };
}

const isBegun = ({ fulfillment: { state } }: WholeFulfillment): boolean => state === "in_preparation" || state === "packed";
const sinceOf = ({ fulfillment, steps }: WholeFulfillment): Date => steps.at(-1)?.at ?? fulfillment.placed_at;

function toTicket(whole: WholeFulfillment): Ticket {
  const { fulfillment, customerName } = whole;
  return { id: fulfillment.id, number: fulfillment.order_number, name: boardName(customerName), since: sinceOf(whole).toISOString() };
}

/** A name as strangers may read it: `Maria del Mar Puig` is `Maria P.` [BRD-2]. */
export function boardName(name: string | null): string | null {
  const [first, ...rest] = name?.trim().split(/\s+/).filter(Boolean) ?? [];
  if (first === undefined) return null;
  const [initial] = rest.at(-1) ?? "";
  return initial === undefined ? first : `${first} ${initial.toLocaleUpperCase()}.`;
}
