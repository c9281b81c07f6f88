import { COUNTER } from "../role-sets.ts";
import { SHOP_WINDOW, type Right, type RightsOf } from "./right.ts";

/** What somebody saved is seen and changed by themselves, and by who serves them: a cashier those whom they opened at the till. */
const SAVED: Right = { customer: "own", secret: "channel", staff: ["owner", "manager", "cashier", "agent"] };

/** Lists, and what somebody waits for. */
export const SAVED_RIGHTS: RightsOf<"lists" | "wishes" | "advice"> = {
  "lists.ofCustomer": { ...SAVED, staff: ["owner", "manager", "cashier", "agent", "privacy_officer", "read_only"] },
  "lists.open": SAVED,
  "lists.operate": SAVED,
  "lists.remove": SAVED,
  "lists.share": SAVED,
  "lists.unshare": SAVED,
  // Whoever has the link, 128 random bits, may read the list.
  "lists.shared": SHOP_WINDOW,
  "lists.toCart": SAVED,
  "lists.fromCart": SAVED,
  "wishes.ofCustomer": { ...SAVED, staff: ["owner", "manager", "cashier", "agent", "privacy_officer", "read_only"] },
  "wishes.make": SAVED,
  "wishes.withdraw": SAVED,
  "wishes.take": SAVED,
  // With names: only roles that see contacts.
  "wishes.offers": { staff: ["owner", "manager", "agent", "read_only"] },
  "wishes.see": { customer: "own", secret: "channel" },
  // Of a customer whom they serve: a cashier of those whom they opened at the till.
  "advice.ofCustomer": { staff: ["owner", "manager", "cashier", "agent"] },
  "advice.goods": { device: ["till"], staff: ["owner", "manager", "cashier", "agent"] },
  // Counts, and nobody's name.
  "wishes.demand": { device: ["till"], staff: [...COUNTER, "marketer", "agent", "read_only"] },
};
