export * from "./domain/index.ts";
export {
  goodsStates,
  isCounted,
  placesOffered,
  promisesAt,
  promisesFor,
  type GoodsState,
  type GoodsStates,
  type PromiseWish,
} from "./queries.ts";
export { promisingPlace } from "./promising-place.ts";
export {
  countriesServed,
  methodsOf,
  placesShippingFor,
  shipmentFor,
  shippedGoods,
  shippingPlace,
  type OwnUnits,
  type Shipment,
  type ShipmentParcel,
  type ShipmentWish,
} from "./ship-from.ts";
export { slotLoads } from "./slot-loads.ts";
export { holdSlots, releaseHeldSlots, type HeldSlot, type HoldLife, type WantedHold } from "./hold-slots.ts";
export {
  bookedBy,
  lessWork,
  nextSlots,
  promisesJobs,
  slotDay,
  slotsOf,
  takeSlot,
  todayAt,
  type NextSlot,
  type SlotBooking,
  type SlotGoods,
  type SlotTaking,
} from "./slots.ts";
export { arrivalsAt } from "./arrivals.ts";
export { keepLearnedTimes, type LearnedTime } from "./learned.ts";
export { makingsNow, stationFor, type Making } from "./making.ts";
export { startLeaseWatch } from "./lease.ts";
export { freshPaces, pacesNow } from "./pace.ts";
export { promisesSubscribers, promisingNow, queuesNow } from "./queue.ts";
export { saveDeliveryMethod } from "./commands.ts";
export { deliverySnapshot } from "./snapshot.ts";
export { promisesRoutes } from "./routes.ts";
export { DELIVERY_PROBLEMS, SLOT_PROBLEMS, type DeliveryError, type SlotError } from "./errors.ts";
