import { MANAGEMENT } from "../role-sets.ts";
import type { Right, RightsOf } from "./right.ts";

/** Event clients may send their key in the body, which is read after this: the intake refuses whoever has none. */
const INTAKE: Right = { anonymous: true, publishable: true, secret: "channel" };

/** What customers did, as their devices and other systems tell it. */
export const TOUCHPOINTS_RIGHTS: RightsOf<"touchpoints" | "quarantine"> = {
  "touchpoints.batch": INTAKE,
  "touchpoints.identify": INTAKE,
  "touchpoints.track": INTAKE,
  "touchpoints.page": INTAKE,
  "touchpoints.screen": INTAKE,
  "touchpoints.group": INTAKE,
  "touchpoints.alias": INTAKE,
  "touchpoints.shortBatch": INTAKE,
  "touchpoints.shortIdentify": INTAKE,
  "touchpoints.shortTrack": INTAKE,
  "touchpoints.shortPage": INTAKE,
  "touchpoints.shortScreen": INTAKE,
  "touchpoints.shortGroup": INTAKE,
  "touchpoints.shortAlias": INTAKE,
  "touchpoints.posthogBatch": INTAKE,
  "touchpoints.posthogFlags": { anonymous: true },
  "touchpoints.jitsu": INTAKE,
  "touchpoints.jitsuServer": INTAKE,
  "touchpoints.settings": { anonymous: true },
  "touchpoints.resends": { staff: ["owner", "manager", "privacy_officer"] },
  // What could not be processed is raw: it may name anybody.
  "quarantine.list": { staff: ["owner", "manager", "privacy_officer"] },
  "quarantine.replay": { staff: MANAGEMENT },
  "quarantine.discard": { staff: MANAGEMENT },
};
