import type { Role } from "@weft/contracts";

/** Points that a member of staff gives on their own in a business day, before a manager has to stand behind them [LOY-11]. */
export const OWN_GRANT_POINTS = 50;
/** Who gives without being asked, and approves what others give. */
export const GRANT_APPROVERS: readonly Role[] = ["owner", "manager"];

/**
 * Whether somebody of these roles, who has given `givenToday` points already, needs a manager's approval to give `points` more [LOY-11].
 * Example: a cashier who gave 40 today may give 10 more alone, and 11 not.
 */
export function needsApproval(roles: readonly Role[], givenToday: number, points: number): boolean {
  return !roles.some((role) => GRANT_APPROVERS.includes(role)) && givenToday + points > OWN_GRANT_POINTS;
}
