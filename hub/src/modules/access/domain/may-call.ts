import type { OperationId, Role } from "@weft/contracts";
import type { DeviceKind, Right } from "./rights/right.ts";
import { RIGHTS } from "./rights.ts";
import { mayPractice } from "./training.ts";

/** The credentials of a caller, as far as rights depend on them. Several may come with one request. */
export type Caller = {
  readonly kind: "anonymous" | "publishable" | "customer" | "device" | "secret" | "staff" | "system";
  readonly customer: object | null;
  readonly staff: { readonly roles: readonly Role[]; readonly placeIds: readonly string[] } | null;
  readonly device: { readonly kind: DeviceKind; readonly placeId: string; readonly isTraining?: boolean } | null;
  readonly keyId: string | null;
  readonly cartToken: string | null;
};

export type RightDecision = { readonly allowed: true } | Refused;

type Refused = { readonly allowed: false; readonly status: 401 | 403; readonly because: string; readonly code?: "access.training" };

const PRACTICES: RightDecision = {
  allowed: false,
  status: 403,
  because: "a training register changes nothing of the real books",
  code: "access.training",
};
const ALLOWED: RightDecision = { allowed: true };
const UNKNOWN_CALLER: RightDecision = { allowed: false, status: 401, because: "this needs a key, a session or an enrolled device" };
const NEEDS_TILL: RightDecision = { allowed: false, status: 403, because: "staff may do this at an enrolled till only" };
const NO_RIGHT: RightDecision = { allowed: false, status: 403, because: "none of the credentials of this request may do this" };

/**
 * Whether a caller may use an operation at all [ACC-1]: any one of its credentials is enough.
 * Without a credential the answer is 401, with some that do not suffice 403. A training register is held to what it practices [ACC-18].
 */
export function mayCall(operation: OperationId, caller: Caller): RightDecision {
  const right = RIGHTS[operation];
  if (caller.device?.isTraining === true && !mayPractice(operation)) return PRACTICES;
  if (right.anonymous || caller.kind === "system") return ALLOWED;
  if (isOpenToHolder(right, caller)) return ALLOWED;
  if (caller.staff && isOpenToRoles(right, caller.staff.roles)) return right.at && caller.device?.kind !== right.at ? NEEDS_TILL : ALLOWED;
  return hasCredential(caller) ? NO_RIGHT : UNKNOWN_CALLER;
}

function isOpenToHolder(right: Right, caller: Caller): boolean {
  const isSecret = caller.kind === "secret";
  return (
    (right.publishable === true && caller.keyId !== null && !isSecret) ||
    (right.secret !== undefined && isSecret) ||
    (right.cartToken === true && caller.cartToken !== null) ||
    (right.customer !== undefined && caller.customer !== null) ||
    (right.device !== undefined && caller.device !== null && right.device.includes(caller.device.kind))
  );
}

function isOpenToRoles(right: Right, roles: readonly Role[]): boolean {
  return right.staff !== undefined && right.staff.some((role) => roles.includes(role));
}

function hasCredential(caller: Caller): boolean {
  return caller.kind !== "anonymous" || caller.cartToken !== null;
}

/**
 * Whether a caller's credentials reach a place, or every place (`null`) [ACC-2]: staff whose roles hold there, a device of that place.
 * Everyone else is not bound to places: keys and customers are bound to their channel and to themselves.
 */
export function mayActAt(caller: Pick<Caller, "staff" | "device">, placeId: string | null): boolean {
  if (caller.staff) return caller.staff.placeIds.length === 0 || (placeId !== null && caller.staff.placeIds.includes(placeId));
  return caller.device === null || caller.device.placeId === placeId;
}

/** The kinds of caller that an operation is open to, in words, for the API document: `staff:manager@till`. */
export function callersOf(operation: OperationId): string[] {
  const right = RIGHTS[operation];
  if (right.anonymous) return ["anonymous"];
  return [
    ...(right.publishable ? ["publishable key"] : []),
    ...(right.cartToken ? ["cart token"] : []),
    ...(right.customer ? ["customer: own"] : []),
    ...(right.secret ? ["secret key: its channel"] : []),
    ...(right.device ?? []).map((kind) => `device: ${kind} at its place`),
    ...(right.staff ?? []).map((role) => `staff: ${role}${right.at ? ` at a ${right.at}` : ""}`),
  ];
}

/**
 * Whether a caller answers for all people, on whichever channel they are known: owners and privacy officers in the office. Link levels bind
 * everyone else, and these too while they stand at a till [ACC-13].
 */
export function answersForAll({ staff, device }: Pick<Caller, "staff" | "device">): boolean {
  return device === null && staff !== null && staff.roles.some((role) => role === "owner" || role === "privacy_officer");
}
