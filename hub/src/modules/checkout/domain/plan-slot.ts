import { workOn, type SlotRule } from "../../promises/domain/index.ts";
import { isHandedOver, type SaleFacts } from "./sale.ts";

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

/** The room that a sale takes in its slot [PRM-13]; what leaves with its customer takes none. */
export function planSlot(facts: SaleFacts, handedOver: boolean): PlannedSlot {
  const { inSlot = false, dueAt } = facts.fulfillment;
  const rule = facts.promising.slots;
  if (!inSlot || !dueAt || !rule || handedOver) return { slot_until: null, slot: null };
  return { slot_until: new Date(dueAt.getTime() + rule.minutes * 60_000), slot: slotBookingOf(facts, rule) };
}

/** The same while its payment is asked for. */
export function slotBookingOf({ cart, assessed, mode }: Pick<SaleFacts, "cart" | "assessed" | "mode">, rule: SlotRule): NewSlotBooking {
  return {
    cart_id: cart.id,
    work_seconds: workOn(assessed.lines),
    most_orders: rule.orders,
    most_seconds: rule.workSeconds,
    enforce: mode === "live",
  };
}

/** Seconds of work that a sale puts into the queue of its place [PRM-31]: nothing where it leaves at once, is for later, or is shipped. */
export function queuedWork(facts: SaleFacts): number {
  const { kind, dueAt } = facts.fulfillment;
  if (kind === "ship" || dueAt !== null || facts.mode !== "live" || isHandedOver(facts)) return 0;
  return workOn(facts.assessed.lines);
}
