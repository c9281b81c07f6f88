export * from "./partners.ts";
export * from "./points.ts";
export * from "./pool.ts";
export * from "./program.ts";
export * from "./referral.ts";
export * from "./standing.ts";
export * from "./tiers.ts";
