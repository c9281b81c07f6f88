export { promiseFor, type GoodsPromise, type PromisedGoods, type PromisingPlace } from "./domain.ts";
export { goodsStates, promisesAt, promisesFor, promisingPlace, type GoodsState, type GoodsStates, type PromiseWish } from "./queries.ts";
