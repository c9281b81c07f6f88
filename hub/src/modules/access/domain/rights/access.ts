import { ADVISORS, MANAGEMENT } from "../role-sets.ts";
import type { Right, RightsOf } from "./right.ts";

const SIGN_IN: Right = { publishable: true, secret: "channel" };

/** Signing in, devices, staff and the audit. */
export const ACCESS_RIGHTS: RightsOf<"access" | "grants"> = {
  "access.session": { anonymous: true },
  "access.signOut": { anonymous: true },
  "access.staffSignIn": { anonymous: true },
  "access.pinSignIn": { device: ["till"] },
  "access.badgeSignIn": { device: ["till"] },
  "access.openEnrollment": { anonymous: true },
  "access.confirmEnrollment": { staff: MANAGEMENT },
  "access.devices": { staff: MANAGEMENT },
  "access.renameDevice": { staff: MANAGEMENT },
  "access.removeDevice": { staff: MANAGEMENT },
  "access.enrollDevice": { staff: MANAGEMENT },
  "access.listStaff": { staff: MANAGEMENT },
  "access.createStaff": { staff: MANAGEMENT },
  "access.updateStaff": { staff: MANAGEMENT },
  "access.makeBadge": { staff: MANAGEMENT },
  "access.takeBadge": { staff: MANAGEMENT },
  "access.listAudit": { staff: ["owner", "privacy_officer"] },
  "access.requestSignInCode": SIGN_IN,
  "access.customerSignIn": SIGN_IN,
  "access.demoSignIn": { anonymous: true },
  "access.claimOwner": { anonymous: true },
  "grants.create": { staff: ADVISORS },
};
