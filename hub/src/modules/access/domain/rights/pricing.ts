import type { Role } from "@weft/contracts";
import { ALL_STAFF, CATALOG_KEEPERS, DIRECTION } from "../role-sets.ts";
import { SHOP_WINDOW, type RightsOf } from "./right.ts";

/** Whoever explains a price to a customer, or decides about it. */
const PRICE_READERS: readonly Role[] = ["owner", "manager", "marketer", "agent", "read_only"];

/** Prices, promotions, codes, deposits and rounding. */
export const PRICING_RIGHTS: RightsOf<"promotions" | "prices" | "deposits" | "rounding"> = {
  "promotions.shown": SHOP_WINDOW,
  "promotions.list": { staff: PRICE_READERS },
  "promotions.create": { staff: CATALOG_KEEPERS },
  "promotions.read": { staff: PRICE_READERS },
  "promotions.update": { staff: CATALOG_KEEPERS },
  "promotions.end": { staff: CATALOG_KEEPERS },
  "promotions.codes": { staff: CATALOG_KEEPERS },
  "promotions.addCodes": { staff: CATALOG_KEEPERS },
  "promotions.tryOut": { staff: PRICE_READERS },
  "prices.lists": { staff: PRICE_READERS },
  "prices.createList": { staff: CATALOG_KEEPERS },
  "prices.updateList": { staff: CATALOG_KEEPERS },
  "prices.listed": { staff: PRICE_READERS },
  "prices.set": { staff: CATALOG_KEEPERS },
  "deposits.list": { device: ["till"], staff: ALL_STAFF },
  "deposits.save": { staff: CATALOG_KEEPERS },
  "rounding.list": { staff: PRICE_READERS },
  "rounding.set": { staff: DIRECTION },
};
