export * from "./domain/index.ts";
export * from "./commands/index.ts";
export * from "./queries/index.ts";
export * from "./errors.ts";
export * from "./events.ts";
export { toPromotion } from "./terms.ts";
export { pricingRoutes } from "./routes.ts";
export { pricingInvariants } from "./invariants.ts";
export { pricingSubscribers } from "./subscribers.ts";
