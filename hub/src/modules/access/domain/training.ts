import { PATHS, type OperationId } from "@weft/contracts/client";

/**
 * What a training register may do beside looking [ACC-18]: its carts, which hold nothing, and its outbox, whose acts are undone by the till module.
 * A write that is not named here changes the real books, so a new one is closed until somebody has thought of it.
 */
const PRACTICED: ReadonlySet<OperationId> = new Set<OperationId>([
  "access.badgeSignIn",
  "access.demoSignIn",
  "access.enrollDevice",
  "access.pinSignIn",
  "access.removeDevice",
  "access.signOut",
  "access.staffSignIn",
  "carts.abandon",
  "carts.open",
  "carts.operate",
  "giftCards.lookUp",
  "grants.create",
  "returns.offerUnproven",
  "returns.openRequest",
  "till.approvePrices",
  "till.commands",
  "till.enrollKey",
  "till.reportEquipment",
]);

/** Whoever practices has no reason to look for a customer. */
const CLOSED_READS: ReadonlySet<OperationId> = new Set<OperationId>(["customers.findAtTill"]);

/** Whether an operation leaves the real books as they are when a training register asks for it. */
export function mayPractice(operation: OperationId): boolean {
  if (CLOSED_READS.has(operation)) return false;
  return PATHS[operation].startsWith("GET ") || PRACTICED.has(operation);
}
