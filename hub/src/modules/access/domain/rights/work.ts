import { ADVISORS, COUNTER } from "../role-sets.ts";
import type { RightsOf } from "./right.ts";

/** The day of a store and the tasks of its people. */
export const WORK_RIGHTS: RightsOf<"today" | "tasks" | "taskRuns" | "taskKinds"> = {
  "today.now": { staff: [...ADVISORS, "read_only"] },
  "today.goods": { staff: [...COUNTER, "read_only"] },
  "today.work": { staff: [...ADVISORS, "read_only"] },
  "today.tills": { staff: ["owner", "manager", "cashier", "read_only"] },
  "today.sales": { staff: ["owner", "manager", "marketer", "read_only"] },
  "tasks.counts": { staff: [...ADVISORS, "privacy_officer", "read_only"] },
  "tasks.list": { staff: [...ADVISORS, "privacy_officer", "read_only"] },
  "tasks.history": { staff: [...ADVISORS, "privacy_officer", "read_only"] },
  "tasks.take": { staff: [...ADVISORS, "privacy_officer"] },
  "tasks.release": { staff: [...ADVISORS, "privacy_officer"] },
  "tasks.handOver": { staff: [...ADVISORS, "privacy_officer"] },
  "tasks.finish": { staff: [...ADVISORS, "privacy_officer"] },
  "taskRuns.list": { staff: [...ADVISORS, "privacy_officer", "read_only"] },
  "taskRuns.stop": { staff: [...ADVISORS, "privacy_officer"] },
  "taskKinds.list": { staff: [...ADVISORS, "privacy_officer", "read_only"] },
  "taskKinds.set": { staff: ["owner", "manager"] },
};
