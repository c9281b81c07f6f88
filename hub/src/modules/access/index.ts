export {
  answersForAll,
  callersOf,
  FIELD_CLASSES,
  mayActAt,
  mayCall,
  RIGHTS,
  visibleFields,
  type Caller,
  type FieldClass,
  type Right,
} from "./domain/index.ts";
export { auditWrite, createAuditLane, type AuditedAct, type AuditLane } from "./audit.ts";
export { createAuthenticator, keyHashIn, type Authenticator, type ChannelPorts, type Credentials, type KeyHolder } from "./authenticate.ts";
export { approveByPin, type Approval } from "./commands/approve.ts";
export { openTry, type Try } from "./commands/attempts.ts";
export { enrollDevice, removeDevice, type NewDevice } from "./commands/devices.ts";
export { objectToAccess } from "./commands/objections.ts";
export { grantOnce, grantShown, spendGrants } from "./commands/grants.ts";
export { claimOwnership, offerOwnership } from "./commands/owner.ts";
export {
  COOKIE_SECONDS,
  createCustomerSession,
  createStaffSession,
  deviceCookie,
  endSession,
  eraseAccess,
  type NewSession,
} from "./commands/sessions.ts";
export { upsertStaff, type NewStaff } from "./commands/staff.ts";
export { accessInvariants } from "./invariants.ts";
export { ACCESS_PROBLEMS, type AccessError, type TooManyTries } from "./errors.ts";
export { accessJobs } from "./jobs.ts";
export { credentialsIn, type CredentialedRequest } from "./http.ts";
export { accessesTo, isGranted, readDevice, readStaff, staffNames } from "./queries.ts";
export { accessRoutes, setSessionCookie, type AccessDeps, type DemoPersona } from "./routes.ts";
export { hashPassword, newToken, tokenHash } from "./secrets.ts";
export { presentSession, whoCalls, type Greeted, type SessionPorts, type SignedIn } from "./session-view.ts";
