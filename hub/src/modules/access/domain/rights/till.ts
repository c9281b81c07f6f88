import { COUNTER, MANAGEMENT, ORDER_READERS } from "../role-sets.ts";
import { OWN_ORDER, TILL_STAFF, type RightsOf } from "./right.ts";

/** Registers, shifts and what tills did. */
export const TILL_RIGHTS: RightsOf<"till" | "kiosks"> = {
  // A kiosk sees its own carts and what any visitor sees; what it sells by itself goes through its register like everything else.
  "kiosks.read": { device: ["kiosk"] },
  "kiosks.order": { device: ["kiosk"] },
  "kiosks.showCard": { device: ["kiosk"] },
  "kiosks.unlock": { device: ["kiosk"] },
  "till.registers": { device: ["till"], staff: [...COUNTER, "read_only"] },
  "till.createRegister": { staff: MANAGEMENT },
  "till.changeRegister": { staff: MANAGEMENT },
  // The device says it by itself, also while nobody is signed in.
  "till.reportEquipment": { device: ["till"] },
  "till.equipment": { staff: [...COUNTER, "read_only"] },
  "till.askTestPrint": { staff: MANAGEMENT },
  // The device says it by itself, also while nobody is signed in.
  "till.testPrint": { device: ["till"] },
  "till.endTestPrint": { device: ["till"] },
  "till.drawers": { staff: [...COUNTER, "read_only"] },
  "till.renameDrawer": { staff: MANAGEMENT },
  "till.state": { device: ["till", "kiosk"], staff: COUNTER },
  "till.prices": { device: ["till"] },
  // A till sends what it did while nobody was signed in, too; the register's device is the caller.
  "till.commands": { device: ["till", "kiosk"] },
  "till.approvePrices": TILL_STAFF,
  "till.journal": { device: ["till", "kiosk"] },
  // Whoever stands at it enrolls its first key, and a kiosk, at which nobody does, its own; another one in its place is asked of a manager by the command.
  "till.enrollKey": { ...TILL_STAFF, device: ["kiosk"] },
  "till.proof": { device: ["till"], staff: [...COUNTER, "read_only"] },
  "till.parked": { device: ["till"] },
  "till.park": { device: ["till"] },
  "till.resume": { device: ["till"] },
  "till.tables": { device: ["till"] },
  "till.setTab": { device: ["till"] },
  "till.sendCourse": { device: ["till"] },
  "till.tellTaken": { device: ["till"] },
  "till.moveLines": { device: ["till"] },
  "till.takeOverTab": { device: ["till"] },
  "till.shifts": { staff: [...COUNTER, "read_only"] },
  // Whoever has its address, which nobody guesses: it stood on the till's screen for the customer alone.
  "till.eReceipt": { anonymous: true },
  "till.eReceiptPage": { anonymous: true },
  "till.eReceiptPdf": { anonymous: true },
  "till.eReceiptProof": { anonymous: true },
  // The same of a receipt without prices, which goes with a present.
  "till.giftReceipt": { anonymous: true },
  "till.giftReceiptPage": { anonymous: true },
  "till.giftReceiptPdf": { anonymous: true },
  "till.claimReceipt": { customer: "own" },
  "till.receipt": { ...OWN_ORDER, device: ["till"], staff: [...ORDER_READERS, "barista"] },
};
