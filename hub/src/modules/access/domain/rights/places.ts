import { ALL_STAFF, MANAGEMENT } from "../role-sets.ts";
import { SHOP_WINDOW, type RightsOf } from "./right.ts";

/** The places of the chain, and the stores among them as customers see them. */
export const PLACES_RIGHTS: RightsOf<"places" | "stores"> = {
  "places.tree": { device: ["till", "board"], staff: ALL_STAFF },
  "places.create": { staff: MANAGEMENT },
  "places.createGroup": { staff: MANAGEMENT },
  "places.update": { staff: MANAGEMENT },
  "places.updateGroup": { staff: MANAGEMENT },
  "stores.list": SHOP_WINDOW,
  "stores.read": SHOP_WINDOW,
};
