import type { CartOperation } from "@weft/contracts/client";
import { changeCart, operation } from "../cart/send.ts";
import { useAskedFulfillment } from "./shipping.ts";
import type { SlotHold } from "./when.ts";

/** As the cart of this browser is asked. */
export function useSlotHold(storeId: string): SlotHold {
  const isAsked = useAskedFulfillment() !== undefined;
  return {
    isAsked,
    hold: (slotId) => changeCart({ operation: operation("setFulfillment", { fulfillment: collectedIn(storeId, slotId) }) }),
  };
}

type Fulfillment = Extract<CartOperation, { kind: "setFulfillment" }>["fulfillment"];

/** Collected in a slot, or as soon as it is ready. */
export function collectedIn(placeId: string, slotId: string | null): Fulfillment {
  const there = { placeId, dining: "take_away", dueAt: null } as const;
  return slotId === null ? { kind: "take_away", ...there } : { kind: "collect", ...there, slotId };
}
