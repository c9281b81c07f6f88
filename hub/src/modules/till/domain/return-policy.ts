import type { Role } from "@weft/contracts/client";
import { addDays, type BusinessDate } from "@weft/kernel";

/** Who lets goods come back later than the policy of the place says, at a register that cannot ask the hub [TIL-56]. */
export const RETURN_APPROVERS: readonly Role[] = ["owner", "manager"];

/** Whether goods of a counter come back later than on the days of the policy, of which 0 is the day itself. */
export const isLate = ({ soldOn, today }: { readonly soldOn: BusinessDate; readonly today: BusinessDate }, days: number): boolean =>
  today > addDays(soldOn, days);
