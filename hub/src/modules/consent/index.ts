export { confirm, decide, eraseConsent, liftSuppression, makeLink, openConfirmation, setPreferences, suppress } from "./commands/index.ts";
export type { Choice, ConfirmationId, Deciding, NewLink } from "./commands/index.ts";
export { type ContactDecision, type MessagePurpose, type Preferences } from "./domain/index.ts";
export { consentInvariants } from "./invariants.ts";
export { consentJobs } from "./jobs.ts";
export { mayContact, type ContactQuestion } from "./may-contact.ts";
export { consentsOf, isContested, preferencesOf, recordSetsOf } from "./queries.ts";
export { consentRoutes, type ConsentDeps } from "./routes.ts";
