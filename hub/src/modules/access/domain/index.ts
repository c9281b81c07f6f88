export { COUNTER as TILL_ROLES } from "./role-sets.ts";
export { RIGHTS } from "./rights.ts";
export type { DeviceKind, Right } from "./rights/right.ts";
export { answersForAll, callersOf, mayActAt, mayCall, type Caller, type RightDecision } from "./may-call.ts";
export { FIELD_CLASSES, visibleFields, type FieldClass } from "./field-classes.ts";
export { mayGive, type StaffStanding } from "./staff-rules.ts";
export { badgeCode, enrollmentCode, normalizeEnrollmentCode } from "./codes.ts";
export { afterFailure, isBlocked, type Attempts } from "./attempts.ts";
