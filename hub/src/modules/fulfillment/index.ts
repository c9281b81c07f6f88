export * from "./domain.ts";
export * from "./queries.ts";
export * from "./present-fulfillment.ts";
export { cancelFulfillments, codeMac, worksAt } from "./commands.ts";
export { handOver, type HandOver, type HandOverDeps } from "./hand-over.ts";
export { FULFILLMENT_PROBLEMS, fulfillmentRoutes } from "./routes.ts";
export type { FulfillmentError } from "./errors.ts";
export * from "./invariants.ts";
