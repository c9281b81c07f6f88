export {
  nearestAlternative,
  promiseFor,
  promiseForAll,
  whyNotSo,
  type GoodsPromise,
  type JointPromise,
  type PromisedGoods,
  type PromisingPlace,
} from "./domain.ts";
export {
  goodsStates,
  placesOffered,
  promisesAt,
  promisesFor,
  promisingPlace,
  type GoodsState,
  type GoodsStates,
  type PromiseWish,
} from "./queries.ts";
