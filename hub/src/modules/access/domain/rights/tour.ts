import type { RightsOf } from "./right.ts";

/** The guided visit of the demo. */
export const TOUR_RIGHTS: RightsOf<"tour"> = {
  "tour.begin": { anonymous: true },
  "tour.read": { customer: "own" },
  "tour.changeLevel": { customer: "own" },
  "tour.setScene": { customer: "own" },
  "tour.arrive": { customer: "own" },
};
