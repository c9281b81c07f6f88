import { COUNTER, MANAGEMENT, STOCK_READERS } from "../role-sets.ts";
import type { RightsOf } from "./right.ts";

/** Units at places: movements, documents, counts and conflicts. */
export const STOCK_RIGHTS: RightsOf<"stock"> = {
  "stock.list": { secret: "channel", staff: STOCK_READERS },
  "stock.movements": { staff: ["owner", "manager", "read_only"] },
  "stock.move": { staff: MANAGEMENT },
  "stock.setSafety": { staff: MANAGEMENT },
  "stock.setAhead": { secret: "channel", staff: MANAGEMENT },
  "stock.documents": { staff: [...COUNTER, "read_only"] },
  "stock.document": { staff: [...COUNTER, "read_only"] },
  "stock.receiveDelivery": { staff: COUNTER },
  "stock.wasteGoods": { staff: COUNTER },
  "stock.dispatchTransfer": { staff: MANAGEMENT },
  "stock.receiveTransfer": { staff: COUNTER },
  "stock.asked": { staff: [...COUNTER, "read_only"] },
  // What a customer waits for is sent by whoever is there.
  "stock.sendAsked": { staff: COUNTER },
  "stock.declineAsked": { staff: COUNTER },
  "stock.startCount": { staff: COUNTER },
  "stock.countLines": { staff: COUNTER },
  // Who counts does not book: a difference is looked at by somebody else.
  "stock.postCount": { staff: MANAGEMENT },
  "stock.discardDocument": { staff: MANAGEMENT },
  "stock.conflictOrders": { staff: ["owner", "manager", "agent"] },
  "stock.resolveConflict": { staff: ["owner", "manager", "agent"] },
  "stock.conflicts": { staff: ["owner", "manager", "agent", "read_only"] },
};
