import { CATALOG_KEEPERS } from "../role-sets.ts";
import { ABOUT_CUSTOMER, type RightsOf } from "./right.ts";

/** Points, rewards and store credit. */
export const LOYALTY_RIGHTS: RightsOf<"loyalty" | "storeCredit"> = {
  // A cashier reads and gives to those whom they opened at the till.
  "loyalty.read": { ...ABOUT_CUSTOMER, staff: ["owner", "manager", "cashier", "agent", "privacy_officer", "read_only"] },
  "loyalty.grant": { staff: ["owner", "manager", "cashier", "agent"] },
  "loyalty.history": ABOUT_CUSTOMER,
  "loyalty.lots": ABOUT_CUSTOMER,
  "loyalty.simulate": { staff: CATALOG_KEEPERS },
  "loyalty.program": { staff: ["owner", "manager", "marketer", "agent", "read_only"] },
  "loyalty.liability": { staff: ["owner", "manager", "read_only"] },
  "loyalty.setEarnRule": { staff: CATALOG_KEEPERS },
  "loyalty.setBonuses": { staff: CATALOG_KEEPERS },
  "loyalty.setTiers": { staff: CATALOG_KEEPERS },
  "loyalty.setExpiryPolicy": { staff: CATALOG_KEEPERS },
  "loyalty.createReward": { staff: CATALOG_KEEPERS },
  "loyalty.endReward": { staff: CATALOG_KEEPERS },
  "storeCredit.read": { ...ABOUT_CUSTOMER, staff: ["owner", "manager", "cashier", "agent", "privacy_officer", "read_only"] },
  // Each within what their role may give in a day.
  "storeCredit.grant": { staff: ["owner", "manager", "agent"] },
};
