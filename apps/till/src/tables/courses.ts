import type { CartView, TicketTabView } from "@weft/contracts/client";

export const COURSES = [0, 1, 2, 3] as const;

/** The course of a line; 0: it is wanted at once. */
export const courseOf = ({ courses }: TicketTabView, lineId: string): number => courses.find((one) => one.lineId === lineId)?.course ?? 0;

export const sentOf = ({ sent }: TicketTabView, lineId: string): number => sent.find((one) => one.lineId === lineId)?.quantity ?? 0;

export function withCourse(tab: TicketTabView, lineId: string, course: number): TicketTabView {
  const others = tab.courses.filter((one) => one.lineId !== lineId);
  return { ...tab, courses: course === 0 ? others : [...others, { lineId, course }] };
}

/** Units of each course that the stations have not been told of, in the order of the courses; what is served by its time or elsewhere is theirs never. */
export function unsentBy(tab: TicketTabView, lines: CartView["lines"]): { readonly course: number; readonly units: number }[] {
  return COURSES.flatMap((course) => {
    const units = lines.reduce((sum, { id, quantity, unit, service, elsewhere }) => {
      const left = quantity - sentOf(tab, id);
      if (courseOf(tab, id) !== course || left <= 0 || service || elsewhere) return sum;
      return sum + (unit === "gram" ? 1 : left);
    }, 0);
    return units > 0 ? [{ course, units }] : [];
  });
}

/** Whether something that was sent is on the ticket no more. */
export const isTakenOff = (tab: TicketTabView, lines: CartView["lines"]): boolean =>
  tab.sent.some(({ lineId, quantity }) => quantity > (lines.find(({ id }) => id === lineId)?.quantity ?? 0));

/** How long guests have been there: whole hours and minutes. */
export function sittingSince(openedAt: string, now: Date): { readonly hours: number; readonly minutes: number } {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(openedAt)) / 60_000));
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}
