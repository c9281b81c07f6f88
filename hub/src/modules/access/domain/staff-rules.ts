import type { Role } from "@weft/contracts";

/** What a change to a member of staff makes of them. */
export type StaffStanding = { readonly roles: readonly Role[]; readonly placeIds: readonly string[] };

/** Roles that reach further than a store. */
const BEYOND_STORES: ReadonlySet<Role> = new Set(["owner", "privacy_officer"]);

/**
 * Whether one member of staff may give another this standing, or take it from them [ACC-6]: an owner any, a manager only what stays
 * below their own: no role beyond stores, and no place that is not theirs. Everyone else may change nobody.
 */
export function mayGive(giver: StaffStanding, standing: StaffStanding): boolean {
  if (giver.roles.includes("owner")) return true;
  if (!giver.roles.includes("manager")) return false;
  return !standing.roles.some((role) => BEYOND_STORES.has(role)) && isWithin(standing.placeIds, giver.placeIds);
}

/** No places means every place. */
function isWithin(inner: readonly string[], outer: readonly string[]): boolean {
  return outer.length === 0 || (inner.length > 0 && inner.every((placeId) => outer.includes(placeId)));
}
