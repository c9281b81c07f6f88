export { pricingSnapshot } from "./snapshot.ts";
export { customerGroupsOf, usedUpCodes } from "./for-customers.ts";
export { goodsCategories } from "./goods-categories.ts";
