import { COUNTER, MANAGEMENT } from "../role-sets.ts";
import { SHOP_WINDOW, type RightsOf } from "./right.ts";

/** What may be had when, where and how. */
export const PROMISES_RIGHTS: RightsOf<"availability" | "slots" | "pace" | "deliveryMethods"> = {
  "availability.read": SHOP_WINDOW,
  "slots.list": SHOP_WINDOW,
  "pace.set": { device: ["board"], staff: COUNTER },
  "pace.end": { device: ["board"], staff: COUNTER },
  "deliveryMethods.list": SHOP_WINDOW,
  "deliveryMethods.create": { staff: MANAGEMENT },
  "deliveryMethods.update": { staff: MANAGEMENT },
};
