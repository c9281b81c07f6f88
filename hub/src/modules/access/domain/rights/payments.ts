import { MANAGEMENT } from "../role-sets.ts";
import { SHOP_WINDOW, type RightsOf } from "./right.ts";

/** Ways to pay, gift cards, refunds and what providers settled. */
export const PAYMENTS_RIGHTS: RightsOf<"payments" | "owed" | "settlements" | "refunds" | "giftCards"> = {
  "payments.methods": SHOP_WINDOW,
  // Its signature says who sent it.
  "payments.webhook": { anonymous: true },
  "owed.read": { staff: ["owner", "manager", "read_only"] },
  "owed.payTips": { staff: MANAGEMENT },
  "settlements.read": { staff: ["owner", "manager", "read_only"] },
  "settlements.fetch": { staff: MANAGEMENT },
  "settlements.import": { staff: MANAGEMENT },
  "refunds.list": { staff: ["owner", "manager", "agent", "read_only"] },
  "refunds.retry": { staff: ["owner", "manager", "agent"] },
  "refunds.settle": { staff: MANAGEMENT },
  "giftCards.lookUp": {
    publishable: true,
    customer: "own",
    cartToken: true,
    device: ["till"],
    staff: ["owner", "manager", "cashier", "agent"],
  },
  "giftCards.block": { staff: ["owner", "manager", "agent"] },
  "giftCards.unblock": { staff: ["owner", "manager"] },
  "giftCards.list": { staff: ["owner", "manager", "agent", "read_only"] },
  "giftCards.read": { staff: ["owner", "manager", "agent", "read_only"] },
  "giftCards.replace": { staff: ["owner", "manager"] },
};
