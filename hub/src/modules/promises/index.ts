export * from "./domain/index.ts";
export {
  goodsStates,
  isCounted,
  placesOffered,
  promisesAt,
  promisesFor,
  promisingPlace,
  type GoodsState,
  type GoodsStates,
  type PromiseWish,
} from "./queries.ts";
export {
  countriesServed,
  methodsOf,
  placesShippingFor,
  shipmentFor,
  shippedGoods,
  shippingPlace,
  type OwnUnits,
  type ShipmentWish,
} from "./ship-from.ts";
export { saveDeliveryMethod } from "./commands.ts";
export { deliverySnapshot } from "./snapshot.ts";
export { promisesRoutes } from "./routes.ts";
export { DELIVERY_PROBLEMS, type DeliveryError } from "./errors.ts";
