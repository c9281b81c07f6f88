import { ORDER_READERS } from "../role-sets.ts";
import { OWN_ORDER, SHOP_WINDOW, type RightsOf } from "./right.ts";

/** Goods that come back. */
export const RETURNS_RIGHTS: RightsOf<"returns"> = {
  "returns.terms": SHOP_WINDOW,
  "returns.ofOrder": { ...OWN_ORDER, staff: ["owner", "manager", "cashier", "agent"] },
  "returns.request": { ...OWN_ORDER, staff: ["owner", "manager", "agent"] },
  "returns.requests": { staff: ["owner", "manager", "cashier", "agent"] },
  "returns.readRequest": { ...OWN_ORDER, staff: ["owner", "manager", "cashier", "agent"] },
  "returns.openRequest": { staff: ["owner", "manager", "cashier", "agent"] },
  "returns.cancelRequest": { ...OWN_ORDER, staff: ["owner", "manager", "agent"] },
  "returns.receiveRequest": { staff: ["owner", "manager", "cashier"] },
  "returns.inspectRequest": { staff: ["owner", "manager", "cashier"] },
  "returns.slip": { ...OWN_ORDER, staff: ["owner", "manager", "agent"] },
  "returns.list": { secret: "channel", staff: ORDER_READERS },
  "returns.read": { device: ["till"], staff: ORDER_READERS },
  "returns.offer": { staff: ["owner", "manager", "cashier", "agent"] },
  "returns.offerUnproven": { staff: ["owner", "manager", "cashier"] },
  "returns.take": { staff: ["owner", "manager", "cashier", "agent"] },
};
