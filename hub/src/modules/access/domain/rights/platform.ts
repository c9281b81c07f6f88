import { MANAGEMENT } from "../role-sets.ts";
import { SHOP_WINDOW, type RightsOf } from "./right.ts";

/** The hub itself: health, facts that nobody could take, live streams. */
export const PLATFORM_RIGHTS: RightsOf<"platform" | "deadLetters" | "live"> = {
  "platform.health": { anonymous: true },
  "platform.ready": { anonymous: true },
  "platform.report": { staff: ["owner", "manager", "read_only"] },
  "platform.checkInvariants": { staff: MANAGEMENT },
  "deadLetters.list": { staff: ["owner", "manager", "read_only"] },
  "deadLetters.replay": { staff: MANAGEMENT },
  "deadLetters.discard": { staff: MANAGEMENT },
  // A stream shows nothing by itself: each subject is asked for with its own right.
  "live.stream": { anonymous: true },
  "live.follow": { anonymous: true },
  "live.ticket": { ...SHOP_WINDOW, cartToken: true },
};
