import { ADVISORS, COUNTER } from "../role-sets.ts";
import { OWN_ORDER, type RightsOf } from "./right.ts";

/** Parcels, deliveries and collections on their way to customers. */
export const FULFILLMENT_RIGHTS: RightsOf<"fulfillments" | "boards"> = {
  "fulfillments.list": { device: ["till", "board"], staff: [...ADVISORS, "read_only"] },
  "fulfillments.accept": { staff: COUNTER },
  "fulfillments.prepare": { staff: COUNTER },
  "fulfillments.ready": { staff: COUNTER },
  "fulfillments.pack": { staff: COUNTER },
  "fulfillments.dispatch": { staff: COUNTER },
  "fulfillments.deliver": { staff: [...COUNTER, "agent"] },
  "fulfillments.address": { staff: COUNTER },
  "fulfillments.moveSlot": { ...OWN_ORDER, staff: [...COUNTER, "agent"] },
  "fulfillments.day": { device: ["till"], staff: [...ADVISORS, "read_only"] },
  "fulfillments.takeBackReady": { staff: COUNTER },
  "fulfillments.nameCollector": { ...OWN_ORDER, staff: [...COUNTER, "agent"] },
  "fulfillments.withdrawCollector": { ...OWN_ORDER, staff: [...COUNTER, "agent"] },
  "fulfillments.collect": { staff: COUNTER },
  "fulfillments.reject": { staff: COUNTER },
  "fulfillments.extend": { staff: COUNTER },
  "fulfillments.giveUp": { staff: ["owner", "manager", "cashier"] },
  "fulfillments.byCode": { staff: COUNTER },
  "fulfillments.setPrepared": { device: ["board"], staff: COUNTER },
  "fulfillments.arrive": OWN_ORDER,
  "boards.stations": { device: ["till", "board"], staff: [...ADVISORS, "read_only"] },
  "boards.queue": { device: ["till", "board"], staff: [...ADVISORS, "read_only"] },
};
