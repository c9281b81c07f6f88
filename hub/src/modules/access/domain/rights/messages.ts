import { COUNTER } from "../role-sets.ts";
import type { RightsOf } from "./right.ts";

/** Messages to customers. */
export const MESSAGES_RIGHTS: RightsOf<"messages"> = {
  "messages.resendReady": { staff: [...COUNTER, "agent"] },
  "messages.write": { staff: ["owner", "manager", "agent"] },
  "messages.list": { staff: ["owner", "manager", "agent", "privacy_officer"] },
};
