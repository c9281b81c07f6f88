export * from "./points.ts";
export * from "./program.ts";
export * from "./standing.ts";
export * from "./tiers.ts";
