import { ALL_STAFF, CATALOG_KEEPERS, MANAGEMENT } from "../role-sets.ts";
import type { RightsOf } from "./right.ts";

/** Files that come in and go out. */
export const IMPORTS_RIGHTS: RightsOf<"imports" | "exports"> = {
  "imports.list": { staff: [...MANAGEMENT, "privacy_officer"] },
  "imports.upload": { staff: MANAGEMENT },
  "imports.read": { staff: [...MANAGEMENT, "privacy_officer"] },
  "imports.preview": { staff: MANAGEMENT },
  "imports.start": { staff: MANAGEMENT },
  "imports.stop": { staff: [...MANAGEMENT, "privacy_officer"] },
  "imports.refused": { staff: MANAGEMENT },
  "exports.products": { staff: CATALOG_KEEPERS },
  // Everybody at once: who answers for all people, and a channel's server for what is its own.
  "exports.customers": { secret: "channel", staff: ["owner", "privacy_officer"] },
  "exports.events": { secret: "channel", staff: ["owner", "privacy_officer"] },
  "exports.consents": { secret: "channel", staff: ["owner", "privacy_officer"] },
  "exports.list": { staff: ALL_STAFF },
};
