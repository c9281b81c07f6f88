import type { Role } from "@weft/contracts";

/** What one member of staff may give as store credit in a business day, in minor units of a currency, by role; nobody else gives any. */
const OF_A_DAY: Readonly<Partial<Record<Role, number>>> = { owner: Number.MAX_SAFE_INTEGER, manager: 50_000, agent: 5000 };

/** The most that these roles give as store credit in a business day, in minor units [PAY-15]: that of the role that may most. */
export const creditLimit = (roles: readonly Role[]): number => Math.max(0, ...roles.map((role) => OF_A_DAY[role] ?? 0));
