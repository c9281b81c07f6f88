import { ADVISORS, ORDER_READERS } from "../role-sets.ts";
import { ABOUT_CUSTOMER, OWN_ORDER, SHOP_WINDOW, type RightsOf } from "./right.ts";

/** Orders, their changes and their papers. */
export const ORDERS_RIGHTS: RightsOf<"orders" | "documents" | "changeLinks"> = {
  "orders.giftCards": { ...OWN_ORDER, staff: ["owner", "manager", "cashier", "agent"] },
  "orders.list": { secret: "channel", staff: ORDER_READERS },
  "orders.read": { ...OWN_ORDER, device: ["till", "board"], staff: [...ORDER_READERS, "barista"] },
  "orders.ofCustomer": ABOUT_CUSTOMER,
  "orders.documents": { ...OWN_ORDER, device: ["till"], staff: ORDER_READERS },
  "orders.askInvoice": { ...OWN_ORDER, staff: ["owner", "manager", "cashier", "agent"] },
  "orders.actions": { ...OWN_ORDER, device: ["till"], staff: ORDER_READERS },
  "orders.changes": { ...OWN_ORDER, device: ["till"], staff: ORDER_READERS },
  "orders.previewChange": { ...OWN_ORDER, staff: ["owner", "manager", "agent", "cashier"] },
  "orders.change": { ...OWN_ORDER, staff: ["owner", "manager", "agent", "cashier"] },
  "orders.payDue": { ...OWN_ORDER, staff: ["owner", "manager", "agent", "cashier"] },
  "orders.offerChange": { staff: ["owner", "manager", "agent", "cashier"] },
  "orders.changeLinks": { device: ["till"], staff: ORDER_READERS },
  "orders.revokeChangeLink": { staff: ["owner", "manager", "agent", "cashier"] },
  "changeLinks.open": SHOP_WINDOW,
  "changeLinks.pay": { publishable: true, customer: "own", secret: "channel" },
  "changeLinks.decline": { publishable: true, customer: "own", secret: "channel" },
  "orders.disputes": { staff: ["owner", "manager", "agent", "read_only"] },
  "orders.confirmation": { ...OWN_ORDER, device: ["till"], staff: ORDER_READERS },
  "orders.sendReceipt": { ...OWN_ORDER, staff: ADVISORS },
  "documents.pdf": { ...OWN_ORDER, device: ["till"], staff: ORDER_READERS },
};
