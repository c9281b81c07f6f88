import { ADVISORS } from "../role-sets.ts";
import { CART_HOLDERS, OWN_ORDER, SHOP_WINDOW, TILL_STAFF, type RightsOf } from "./right.ts";

/** Carts, who holds them, and how they become orders or offers. */
export const CARTS_RIGHTS: RightsOf<"carts" | "screens" | "offers" | "checkout"> = {
  "carts.open": { publishable: true, customer: "own", secret: "channel", device: ["till", "kiosk"], staff: ADVISORS },
  "carts.read": { ...CART_HOLDERS, device: ["till", "kiosk"], staff: [...ADVISORS, "read_only"] },
  // Who only looks on, a screen or staff that reads, is not told where somebody lives.
  "carts.address": CART_HOLDERS,
  "carts.current": { customer: "own", secret: "channel", staff: ["owner", "manager", "agent"] },
  "carts.operate": { ...CART_HOLDERS, device: ["till", "kiosk"] },
  "carts.offerHandover": CART_HOLDERS,
  "carts.claimHandover": { publishable: true, customer: "own", secret: "channel", device: ["till"], staff: ADVISORS },
  "carts.offerCall": { cartToken: true, customer: "own" },
  "carts.joinCall": { staff: ["owner", "manager", "agent"] },
  "carts.leave": CART_HOLDERS,
  "carts.takeOver": TILL_STAFF,
  "carts.undoAdoption": { cartToken: true, customer: "own" },
  "carts.abandon": { ...CART_HOLDERS, device: ["till", "kiosk"] },
  "carts.redeem": { customer: "own", secret: "channel", staff: ["owner", "manager", "agent"] },
  // Who serves customers from a desk makes carts for them; what they may give off a price is said by their role.
  "carts.openForCustomer": { staff: ["owner", "manager", "agent"] },
  "screens.open": { publishable: true, customer: "own", device: ["board"] },
  "screens.read": { cartToken: true },
  "screens.pair": { cartToken: true, customer: "own" },
  "offers.make": { staff: ["owner", "manager", "agent"] },
  "offers.ofCart": { staff: ["owner", "manager", "agent", "read_only"] },
  "offers.list": { staff: ["owner", "manager", "agent", "read_only"] },
  "offers.renew": { staff: ["owner", "manager", "agent"] },
  "offers.propose": TILL_STAFF,
  "offers.ofCustomer": { customer: "own", secret: "channel", staff: ADVISORS },
  "offers.take": { customer: "own" },
  // At a counter, what they proposed themselves.
  "offers.revoke": { staff: ADVISORS },
  "offers.send": { staff: ADVISORS },
  "offers.pdf": { staff: ["owner", "manager", "agent", "read_only"] },
  // Whoever has the link, 128 random bits, sees what it offers, and may say no.
  "offers.open": SHOP_WINDOW,
  "offers.decline": { publishable: true, customer: "own", secret: "channel", device: ["till"] },
  "offers.openPdf": { anonymous: true },
  "checkout.complete": CART_HOLDERS,
  "checkout.giveUp": CART_HOLDERS,
  "checkout.cancel": { ...OWN_ORDER, staff: ["owner", "manager", "agent", "cashier"] },
};
