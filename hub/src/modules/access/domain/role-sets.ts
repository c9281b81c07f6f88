import type { Role } from "@weft/contracts";

/** Who decides about the installation: channels, keys, money of everybody. */
export const DIRECTION: readonly Role[] = ["owner"];
/** Who runs stores; a manager within their places. */
export const MANAGEMENT: readonly Role[] = ["owner", "manager"];
export const CATALOG_KEEPERS: readonly Role[] = ["owner", "manager", "marketer"];
/** Who serves customers in a store. */
export const COUNTER: readonly Role[] = ["owner", "manager", "cashier", "barista"];
/** Who serves customers on any channel. */
export const ADVISORS: readonly Role[] = [...COUNTER, "agent"];
export const STOCK_READERS: readonly Role[] = [...ADVISORS, "read_only"];
export const ORDER_READERS: readonly Role[] = ["owner", "manager", "cashier", "agent", "privacy_officer", "read_only"];
export const ALL_STAFF: readonly Role[] = [...ADVISORS, "marketer", "privacy_officer", "read_only"];
/** Who answers for what becomes of people's data. */
export const PRIVACY: readonly Role[] = ["owner", "privacy_officer"];
export const PRIVACY_READERS: readonly Role[] = [...PRIVACY, "read_only"];
