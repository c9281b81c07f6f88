import { useMutation } from "@tanstack/react-query";
import type { CartView, TicketTabView } from "@weft/contracts/client";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { parkTicket } from "../ticket/parked.ts";
import { changeTicket, eatHere, settleOrCut, ticket, ticketCart } from "../ticket/ticket.ts";
import { courseOf, withCourse } from "./courses.ts";

/** What is told to the hub of the ticket's table goes one after the other. */
let saving: Promise<unknown> = Promise.resolve();

/** The ticket at its table as the hub answered, unless it is another ticket by now. */
function keepTab(cartId: string, tab: TicketTabView): void {
  if (ticket().cart?.id === cartId && ticket().tab) changeTicket({ tab: { ...tab, courses: ticket().tab?.courses ?? tab.courses } });
}

/** Resolves once the hub has every course that was tapped, or could not be told. */
export const coursesSaved = (): Promise<unknown> => saving;

/** Puts the ticket, empty or not, at a table; one that is at a table already waits there, and new guests sit down. */
export function useSeat(onDone: () => void) {
  return useMutation({
    mutationFn: async ({ table, name }: { readonly table: string; readonly name: string | null }) => {
      const open = ticketCart();
      if (ticket().tab && open) await parkTicket(open);
      eatHere();
      const cartId = await atHub();
      const tab = await api.ask("till.setTab", { params: { id: cartId }, body: { table, name } });
      if (ticket().cart?.id === cartId) changeTicket({ tab });
    },
    onSuccess: onDone,
  });
}

/** The ticket's cart once the hub has all that was tapped. What is at a table is seen by other tills: it needs the hub. */
export async function atHub(): Promise<string> {
  await settleOrCut();
  const { cart, isCut } = ticket();
  if (isCut || !cart || cart.isLocal) throw new ProblemError({ type: "about:blank", title: "", status: 0, code: "client.offline" }, true);
  return cart.id;
}

/** Moves the guests to another table, or calls them otherwise. */
export function useChangeTab(onDone: () => void) {
  return useMutation({
    mutationFn: async (change: Partial<Pick<TicketTabView, "table" | "name">>) => {
      const cartId = await atHub();
      const { tab } = ticket();
      if (!tab) return;
      const { table, name } = { ...tab, ...change };
      const kept = await api.ask("till.setTab", { params: { id: cartId }, body: { table, name } });
      if (ticket().cart?.id === cartId) changeTicket({ tab: { ...kept, courses: tab.courses } });
    },
    onSuccess: onDone,
  });
}

/** Says which course a line is of; 0: at once. It shows at once, and is kept at the hub before it is sent. */
export function setCourse(lineId: string, course: number): void {
  const { tab } = ticket();
  if (!tab || courseOf(tab, lineId) === course) return;
  changeTicket({ tab: withCourse(tab, lineId, course) });
  void saveCourses().catch((error: unknown) => showToast(problemText(error)));
}

function saveCourses(): Promise<void> {
  const next = saving.then(async () => {
    const cartId = await atHub();
    const { tab } = ticket();
    if (!tab) return;
    const { table, name, courses } = tab;
    await api.ask("till.setTab", { params: { id: cartId }, body: { table, name, courses } });
  });
  saving = next.catch(() => undefined);
  return next;
}

/** Sends what of a course was not sent yet to the stations. */
export function useSend() {
  return useMutation({
    mutationFn: async (course: number) => {
      await saveCourses();
      const cartId = await atHub();
      keepTab(cartId, await api.ask("till.sendCourse", { params: { id: cartId }, body: { course } }));
    },
    onError: (error) => showToast(problemText(error)),
  });
}

/** Tells the stations what was sent and is on the ticket no more. */
export async function tellTaken(cartId: string): Promise<void> {
  keepTab(cartId, await api.ask("till.tellTaken", { params: { id: cartId } }));
}

/** Leaves the ticket at its table, for any till of the store. */
export function useLeave(onDone: () => void) {
  return useMutation({
    mutationFn: async (cart: CartView) => {
      await saving;
      await parkTicket(cart);
    },
    onSuccess: onDone,
    onError: (error) => showToast(problemText(error)),
  });
}
