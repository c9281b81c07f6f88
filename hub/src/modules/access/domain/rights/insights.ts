import { CATALOG_KEEPERS } from "../role-sets.ts";
import type { RightsOf } from "./right.ts";

/** Whether seams hold, and whether every channel says the same. */
export const INSIGHTS_RIGHTS: RightsOf<"continuity" | "parity"> = {
  "continuity.read": { staff: ["owner", "manager", "marketer", "read_only"] },
  "parity.checks": { staff: ["owner", "manager", "marketer", "read_only"] },
  "parity.check": { staff: ["owner", "manager", "marketer", "read_only"] },
  "parity.start": { staff: CATALOG_KEEPERS },
  "parity.differences": { staff: ["owner", "manager", "marketer", "read_only"] },
  "parity.export": { staff: ["owner", "manager", "marketer", "read_only"] },
  "parity.product": { staff: ["owner", "manager", "marketer", "read_only"] },
};
