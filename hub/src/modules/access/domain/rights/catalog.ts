import { ALL_STAFF, CATALOG_KEEPERS, COUNTER } from "../role-sets.ts";
import { SHOP_WINDOW, type RightsOf } from "./right.ts";

/** Goods as shops show them, as feeds tell them and as the office keeps them. */
export const CATALOG_RIGHTS: RightsOf<"products" | "categories" | "catalog" | "feeds"> = {
  "products.list": SHOP_WINDOW,
  "products.read": SHOP_WINDOW,
  "products.import": { staff: CATALOG_KEEPERS },
  "categories.list": SHOP_WINDOW,
  "catalog.snapshot": { secret: "channel", device: ["till", "board", "kiosk"], staff: COUNTER },
  "catalog.setSoldOut": { staff: COUNTER },
  "catalog.setAssortment": { staff: CATALOG_KEEPERS },
  "catalog.updateProduct": { staff: CATALOG_KEEPERS },
  "catalog.listForOffice": { staff: ALL_STAFF },
  "catalog.editing": { staff: ALL_STAFF },
  "catalog.readEntry": { staff: ALL_STAFF },
  "catalog.saveEntry": { staff: CATALOG_KEEPERS },
  "catalog.saveCategory": { staff: CATALOG_KEEPERS },
  "catalog.saveOptionGroup": { staff: CATALOG_KEEPERS },
  "catalog.parts": { staff: ALL_STAFF },
  "catalog.setParts": { staff: CATALOG_KEEPERS },
  "catalog.addPicture": { staff: CATALOG_KEEPERS },
  // Whoever reads feeds sends no key: they tell what the shop window tells.
  "feeds.products": { anonymous: true },
  "feeds.inventory": { anonymous: true },
};
