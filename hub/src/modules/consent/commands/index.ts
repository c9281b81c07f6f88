export { confirm, decide, openConfirmation, type Choice, type ConfirmationId, type Deciding } from "./decide.ts";
export { eraseConsent } from "./erase.ts";
export { makeLink, type NewLink } from "./link.ts";
export { setPreferences, toChange } from "./set-preferences.ts";
export { liftSuppression, suppress, type SuppressionId } from "./suppress.ts";
