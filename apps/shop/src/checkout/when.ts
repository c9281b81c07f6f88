import type { CartView } from "@weft/contracts/client";
import type { Plan } from "./checkout-plan.ts";

/** How a cart is asked to hold room in a slot of a store while its order is made up, or to hold none. */
export type SlotHold = {
  readonly hold: (slotId: string | null) => void;
  /** The hub has not answered yet. */
  readonly isAsked: boolean;
};

/**
 * When it is collected [CKO-11]: what was tapped while the hub has not answered, then what the cart says, on whatever screen it was chosen. Where no slot is
 * held, as in a store without slots, it is what was chosen here.
 */
export function whenOf(chosen: Plan["when"] | undefined, cart: Pick<CartView, "fulfillment">, slots: SlotHold | undefined): Plan["when"] {
  const slot = cart.fulfillment?.slot;
  if (!slots || slots.isAsked) return chosen ?? (slot ? inSlot(slot) : NOW);
  if (slot) return inSlot(slot);
  return chosen?.kind === "later" && chosen.slotId === undefined ? chosen : NOW;
}

const NOW = { kind: "now" } as const;

export const inSlot = ({ id, startsAt }: { readonly id: string; readonly startsAt: string }): Plan["when"] => ({
  kind: "later",
  at: startsAt,
  slotId: id,
});
