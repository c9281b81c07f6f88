export { pricingSnapshot } from "./snapshot.ts";
export { carriedDeposits, depositCodes } from "./deposits.ts";
export { customerGroupsOf, usedUpCodes } from "./for-customers.ts";
export { goodsCategories, promotedGoods, type PromotedGoods } from "./goods-categories.ts";
export { pricesSince } from "./prices-since.ts";
export { openPriceBook, type PriceBook } from "./price-book.ts";
