export * from "./points.ts";
export * from "./program.ts";
