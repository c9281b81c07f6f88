import { ADVISORS, ORDER_READERS } from "../role-sets.ts";
import { ABOUT_CUSTOMER, OWN_ORDER, type RightsOf } from "./right.ts";

/** Orders, their changes and their papers. */
export const ORDERS_RIGHTS: RightsOf<"orders" | "documents"> = {
  "orders.giftCards": { ...OWN_ORDER, staff: ["owner", "manager", "cashier", "agent"] },
  "orders.list": { secret: "channel", staff: ORDER_READERS },
  "orders.read": { ...OWN_ORDER, device: ["till", "board"], staff: [...ORDER_READERS, "barista"] },
  "orders.ofCustomer": ABOUT_CUSTOMER,
  "orders.documents": { ...OWN_ORDER, device: ["till"], staff: ORDER_READERS },
  "orders.actions": { ...OWN_ORDER, device: ["till"], staff: ORDER_READERS },
  "orders.changes": { ...OWN_ORDER, device: ["till"], staff: ORDER_READERS },
  "orders.previewChange": { ...OWN_ORDER, staff: ["owner", "manager", "agent", "cashier"] },
  "orders.change": { ...OWN_ORDER, staff: ["owner", "manager", "agent", "cashier"] },
  "orders.confirmation": { ...OWN_ORDER, device: ["till"], staff: ORDER_READERS },
  "orders.sendReceipt": { ...OWN_ORDER, staff: ADVISORS },
  "documents.pdf": { ...OWN_ORDER, device: ["till"], staff: ORDER_READERS },
};
