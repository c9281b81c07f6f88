import type { KIOSK_WAYS } from "@weft/contracts";
import type { Settings } from "../../places/index.ts";

export type KioskWay = (typeof KIOSK_WAYS)[number];

/** What the setting of a store means, in the order in which a kiosk offers it. */
const WAYS: Readonly<Record<Settings["kioskPayment"], readonly KioskWay[]>> = {
  counter: ["counter"],
  card: ["card"],
  counter_and_card: ["card", "counter"],
};

/** How orders are paid at a kiosk [KSK-1]: as its store wants it; one without a register takes no money, so there is the counter at least. */
export function waysAt(setting: Settings["kioskPayment"], hasRegister: boolean): readonly KioskWay[] {
  const ways = WAYS[setting].filter((way) => way !== "card" || hasRegister);
  return ways.length > 0 ? ways : ["counter"];
}

/** An order's number as it is shown and called. The letter tells it from the numbers of other orders. */
export const kioskNumber = (number: number): string => `K${number}`;
