import { COUNTER, MANAGEMENT, ORDER_READERS } from "../role-sets.ts";
import { OWN_ORDER, TILL_STAFF, type RightsOf } from "./right.ts";

/** Registers, shifts and what tills did. */
export const TILL_RIGHTS: RightsOf<"till"> = {
  "till.registers": { device: ["till"], staff: [...COUNTER, "read_only"] },
  "till.createRegister": { staff: MANAGEMENT },
  "till.state": { device: ["till"], staff: COUNTER },
  "till.prices": { device: ["till"] },
  // A till sends what it did while nobody was signed in, too; the register's device is the caller.
  "till.commands": { device: ["till"] },
  "till.journal": { device: ["till"] },
  // Whoever stands at it enrolls its first key; another one in its place is asked of a manager by the command.
  "till.enrollKey": TILL_STAFF,
  "till.proof": { device: ["till"], staff: [...COUNTER, "read_only"] },
  "till.parked": { device: ["till"] },
  "till.park": { device: ["till"] },
  "till.resume": { device: ["till"] },
  "till.shifts": { staff: [...COUNTER, "read_only"] },
  // Whoever has its address, which nobody guesses: it stood on the till's screen for the customer alone.
  "till.eReceipt": { anonymous: true },
  "till.eReceiptPage": { anonymous: true },
  "till.eReceiptPdf": { anonymous: true },
  "till.eReceiptProof": { anonymous: true },
  "till.claimReceipt": { customer: "own" },
  "till.receipt": { ...OWN_ORDER, device: ["till"], staff: [...ORDER_READERS, "barista"] },
};
