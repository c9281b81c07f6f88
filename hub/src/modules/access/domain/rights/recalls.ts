import { MANAGEMENT, ORDER_READERS } from "../role-sets.ts";
import type { RightsOf } from "./right.ts";

/** Calling goods back, and what became of it. */
export const RECALLS_RIGHTS: RightsOf<"recalls"> = {
  "recalls.list": { staff: ORDER_READERS },
  "recalls.announce": { staff: MANAGEMENT },
  "recalls.read": { staff: ORDER_READERS },
  "recalls.sales": { staff: ORDER_READERS },
  "recalls.ofCustomer": { staff: ["owner", "manager", "cashier", "agent"] },
  "recalls.tell": { staff: MANAGEMENT },
  "recalls.lift": { staff: MANAGEMENT },
};
