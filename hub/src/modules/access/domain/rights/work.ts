import { ADVISORS, COUNTER } from "../role-sets.ts";
import type { RightsOf } from "./right.ts";

/** The day of a store and the tasks of its people. */
export const WORK_RIGHTS: RightsOf<"today" | "tasks"> = {
  "today.goods": { staff: [...COUNTER, "read_only"] },
  "today.work": { staff: [...ADVISORS, "read_only"] },
  "today.tills": { staff: ["owner", "manager", "cashier", "read_only"] },
  "today.sales": { staff: ["owner", "manager", "marketer", "read_only"] },
  "tasks.counts": { staff: [...ADVISORS, "privacy_officer", "read_only"] },
  "tasks.list": { staff: [...ADVISORS, "privacy_officer", "read_only"] },
  "tasks.take": { staff: [...ADVISORS, "privacy_officer"] },
  "tasks.release": { staff: [...ADVISORS, "privacy_officer"] },
  "tasks.finish": { staff: [...ADVISORS, "privacy_officer"] },
};
