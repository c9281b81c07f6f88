import type { Problems } from "@weft/kernel";

export type TooManyTries = { code: "access.too_many_tries"; retryAfterSeconds: number };

export type SignInError = { code: "access.session_unnamed" } | { code: "access.sign_in_refused" } | TooManyTries;

export type AccessError =
  | SignInError
  | { code: "access.device_needed" }
  | { code: "access.enrolled_already" }
  | { code: "access.enrollment_unknown" }
  | { code: "access.device_unknown" }
  | { code: "access.register_unfit" }
  | { code: "access.place_unknown"; placeId: string }
  | { code: "access.out_of_reach"; placeId: string }
  | { code: "access.staff_unknown"; staffId: string }
  | { code: "access.staff_beyond_reach" }
  | { code: "access.own_standing" }
  | { code: "access.email_taken" }
  | { code: "access.pin_taken" }
  | { code: "access.not_demo" }
  | { code: "access.claim_refused" };

export const ACCESS_PROBLEMS: Problems<AccessError> = {
  "access.session_unnamed": { status: 400, title: "The header Weft-Session must name the session of the app" },
  "access.sign_in_refused": { status: 401, title: "These do not belong together" },
  "access.too_many_tries": { status: 429, title: "Too many wrong tries: wait before the next" },
  "access.device_needed": { status: 403, title: "This browser is not enrolled as a till" },
  "access.enrolled_already": { status: 409, title: "This browser is a device already: take that out of use first" },
  "access.enrollment_unknown": { status: 404, title: "No screen shows this code, or it has run out" },
  "access.device_unknown": { status: 404, title: "There is no such device" },
  "access.register_unfit": {
    status: 409,
    title: "This register is of another store, practices, or another device has it; only a kiosk takes one",
  },
  "access.place_unknown": { status: 404, title: "There is no such place" },
  "access.out_of_reach": { status: 403, title: "Your roles do not hold at this place" },
  "access.staff_unknown": { status: 404, title: "There is no such member of staff" },
  "access.staff_beyond_reach": { status: 403, title: "These roles or places reach further than your own" },
  "access.own_standing": { status: 409, title: "Nobody changes their own roles, places or state" },
  "access.email_taken": { status: 409, title: "Another member of staff has this e-mail address" },
  "access.pin_taken": { status: 409, title: "Someone at the same place has this PIN: choose another" },
  "access.not_demo": { status: 404, title: "This sign-in exists in the demo only" },
  "access.claim_refused": { status: 403, title: "This link is used up or not valid" },
};
