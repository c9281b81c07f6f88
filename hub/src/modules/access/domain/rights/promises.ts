import { COUNTER, MANAGEMENT } from "../role-sets.ts";
import { SHOP_WINDOW, type RightsOf } from "./right.ts";

/** What may be had when, where and how. */
export const PROMISES_RIGHTS: RightsOf<"availability" | "slots" | "pace" | "storeLease" | "queue" | "deliveryMethods"> = {
  "availability.read": SHOP_WINDOW,
  "slots.list": SHOP_WINDOW,
  "pace.set": { device: ["board"], staff: COUNTER },
  "pace.end": { device: ["board"], staff: COUNTER },
  // Of the place of the device that it comes from, whoever is signed in there. A kiosk is no sign of somebody who works there.
  "storeLease.renew": { device: ["till", "board"], staff: COUNTER },
  "queue.performance": { staff: ["owner", "manager", "read_only"] },
  "deliveryMethods.list": SHOP_WINDOW,
  "deliveryMethods.create": { staff: MANAGEMENT },
  "deliveryMethods.update": { staff: MANAGEMENT },
};
