import type { AssessedLine } from "../../carts/domain/index.ts";
import { workOn, type SlotRule } from "../../promises/domain/index.ts";
import type { SaleFacts } from "./sale.ts";

/** What an order takes of its slot, as `fulfillment.plan` books it; `enforce` false: whatever room there is. */
export type NewSlotBooking = {
  readonly cart_id: string;
  readonly work_seconds: number;
  readonly most_orders: number;
  readonly most_seconds: number;
  readonly enforce: boolean;
};

/** Until when the slot of a fulfillment lasts, which begins when it is due, and the room that it takes there; null: none was chosen. */
export type PlannedSlot = { readonly slot_until: Date | null; readonly slot: NewSlotBooking | null };

/** The room that the lines of a sale take in the slot in which its place makes them ready [PRM-13]. */
export function planSlot(facts: SaleFacts, lines: readonly AssessedLine[]): PlannedSlot {
  const { inSlot = false, dueAt } = facts.fulfillment;
  const rule = facts.promising.slots;
  if (!inSlot || !dueAt || !rule) return { slot_until: null, slot: null };
  return { slot_until: slotUntil(dueAt, rule), slot: bookingOf(facts, workOn(lines), rule) };
}

export const slotUntil = (dueAt: Date, rule: SlotRule): Date => new Date(dueAt.getTime() + rule.minutes * 60_000);

/** So much work in a slot; also while its payment is asked for. */
export function bookingOf(
  { cart, mode }: Pick<SaleFacts, "mode"> & { readonly cart: { readonly id: string } },
  workSeconds: number,
  rule: SlotRule,
): NewSlotBooking {
  return {
    cart_id: cart.id,
    work_seconds: workSeconds,
    most_orders: rule.orders,
    most_seconds: rule.workSeconds,
    enforce: mode === "live",
  };
}
