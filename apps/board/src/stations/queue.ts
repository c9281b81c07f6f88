import type { StationItemView, StationQueueView, StationTicketView } from "@weft/contracts/client";

/** What was said at this screen of lines of a ticket, until the hub has it. The key is that of its one intention. */
export type Said = { readonly key: string; readonly ticketId: string; readonly lineIds: readonly string[]; readonly done: boolean };

/** The queue as it will be when the hub has heard what was said here [BRD-4]: what is made goes at once, what is called back is there at once. */
export function withSaid(
  queue: Pick<StationQueueView, "tickets" | "recent">,
  said: readonly Said[],
): Pick<StationQueueView, "tickets" | "recent"> {
  if (said.length === 0) return queue;
  const told = (ticket: StationTicketView): StationTicketView => said.reduce(tell, ticket);
  const isSaid = ({ id }: StationTicketView): boolean => said.some(({ ticketId }) => ticketId === id);
  const tickets = queue.tickets.map(told);
  const recent = queue.recent.map(told);
  return {
    tickets: [...recent.filter((ticket) => !isAllDone(ticket)), ...tickets.filter((ticket) => !(isSaid(ticket) && isAllDone(ticket)))],
    recent: [...tickets.filter((ticket) => isSaid(ticket) && isAllDone(ticket)), ...recent.filter(isAllDone)],
  };
}

function tell(ticket: StationTicketView, { ticketId, lineIds, done }: Said): StationTicketView {
  if (ticket.id !== ticketId) return ticket;
  return { ...ticket, items: ticket.items.map((item) => (lineIds.includes(item.orderLineId) ? { ...item, done } : item)) };
}

const isAllDone = ({ items }: StationTicketView): boolean => items.every(({ done }) => done);

/** What a station still has to do of a ticket, and what others do of it; `null` is all stations at once. */
export type TicketAt = {
  readonly ticket: StationTicketView;
  readonly own: readonly StationItemView[];
  readonly others: readonly StationItemView[];
};

/**
 * The tickets that concern a station [BRD-3]: with something left to make there, or with everything made and nobody who said that it is ready.
 */
export function ticketsAt(tickets: readonly StationTicketView[], station: string | null): TicketAt[] {
  return tickets.flatMap((ticket): TicketAt[] => {
    const isOwn = (item: StationItemView): boolean => station === null || item.station === station;
    const own = ticket.items.filter(isOwn);
    const isLeft = own.some(({ done }) => !done) || (own.length > 0 && isAllDone(ticket));
    return isLeft ? [{ ticket, own, others: ticket.items.filter((item) => !isOwn(item)) }] : [];
  });
}

/** What one tap says of a ticket: all that is left at this station; where nothing is left anywhere, all of it once more, so that it is ready. */
export function bumpOf({ ticket, own }: TicketAt): { readonly ticketId: string; readonly lineIds: readonly string[] } {
  const left = own.filter(({ done }) => !done);
  return { ticketId: ticket.id, lineIds: (left.length > 0 ? left : own).map(({ orderLineId }) => orderLineId) };
}

/** How a ticket stands in time: `late` when its time is over, `soon` in the last two minutes. */
export function paceOf(dueAt: string, now: Date): "calm" | "soon" | "late" {
  const left = Date.parse(dueAt) - now.getTime();
  if (left <= 0) return "late";
  return left <= SOON_MS ? "soon" : "calm";
}

const SOON_MS = 2 * 60_000;

/** Whole minutes until its time, negative when that is over. */
export function minutesLeft(dueAt: string, now: Date): number {
  return Math.ceil((Date.parse(dueAt) - now.getTime()) / 60_000);
}

/** What a screen has room for: tickets beside and above each other, each with so many lines of text. */
export type Room = { readonly cells: number; readonly lines: number };

/** Options of a line fill one line of text with about so many letters. */
const LETTERS = 30;

/** A name, with the room that a finger needs. */
const NAME_LINES = 1.25;

/** Lines of text that a ticket needs, about: names, what was chosen, what it contains. */
export function linesOf({ own, others }: TicketAt): number {
  const each = ({ options, allergens, canceled = 0 }: StationItemView): number => {
    const letters = options.reduce((sum, { en }) => sum + en.length + 3, 0);
    return NAME_LINES + Math.ceil(letters / LETTERS) + Math.min(1, allergens.length) + Math.min(1, canceled);
  };
  return own.reduce((sum, item) => sum + each(item), Math.min(1, others.length));
}

/** A ticket with more text than a cell holds takes the height of two. */
export const isLong = (ticket: TicketAt, { lines }: Room): boolean => linesOf(ticket) > lines;

/** The tickets for which a screen has room, and how many are left out [BRD-1]. */
export function fitTickets(tickets: readonly TicketAt[], room: Room): { readonly shown: readonly TicketAt[]; readonly more: number } {
  let cells = room.cells;
  const shown: TicketAt[] = [];
  for (const ticket of tickets) {
    cells -= isLong(ticket, room) ? 2 : 1;
    if (cells < 0 && shown.length > 0) break;
    shown.push(ticket);
  }
  return { shown, more: tickets.length - shown.length };
}
