import { PRIVACY, PRIVACY_READERS } from "../role-sets.ts";
import { ABOUT_CUSTOMER, type Right, type RightsOf } from "./right.ts";

/** Terms are also said at the till, by whoever opened the customer there. */
const TERMS: Right = { customer: "own", secret: "channel", staff: ["owner", "manager", "cashier", "agent", "privacy_officer"] };

/** What people allowed, what they were told and what they ask for. */
export const PRIVACY_RIGHTS: RightsOf<"consent" | "notices" | "noticeMailings" | "privacyRequests" | "privacy"> = {
  "consent.read": TERMS,
  "consent.decide": TERMS,
  "consent.allowUse": TERMS,
  "consent.history": ABOUT_CUSTOMER,
  "consent.setPreferences": TERMS,
  // Who holds the link of a message is its receiver: 128 random bits.
  "consent.confirm": { anonymous: true },
  "consent.readByLink": { anonymous: true },
  "consent.changeByLink": { anonymous: true },
  "consent.openUnsubscribe": { anonymous: true },
  "consent.unsubscribe": { anonymous: true },
  "consent.suppressions": { staff: ["owner", "manager", "agent", "privacy_officer"] },
  "consent.suppress": { secret: "channel", staff: ["owner", "manager", "agent", "privacy_officer"] },
  "consent.liftSuppression": { staff: ["owner", "privacy_officer"] },
  "consent.entityRules": { staff: ["owner", "privacy_officer", "marketer", "read_only"] },
  "consent.setEntityRule": { staff: ["owner", "privacy_officer"] },
  "notices.list": { staff: PRIVACY_READERS },
  "notices.publish": { staff: PRIVACY },
  "notices.inform": { staff: PRIVACY },
  "noticeMailings.list": { staff: PRIVACY_READERS },
  "noticeMailings.audience": { staff: PRIVACY },
  "noticeMailings.start": { staff: PRIVACY },
  "noticeMailings.stop": { staff: PRIVACY },
  "noticeMailings.unreached": { staff: PRIVACY },
  "privacyRequests.list": { staff: PRIVACY },
  "privacyRequests.ofCustomer": { customer: "own", staff: PRIVACY },
  // Whoever serves customers takes a request down; the privacy officers answer it.
  "privacyRequests.create": { customer: "own", staff: ["owner", "manager", "agent", "privacy_officer"] },
  "privacyRequests.addStep": { staff: PRIVACY },
  "privacy.purposes": { staff: PRIVACY_READERS },
  "privacy.retention": { staff: PRIVACY_READERS },
  "privacy.exports": { staff: PRIVACY },
};
