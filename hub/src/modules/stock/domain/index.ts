export * from "./ahead.ts";
export * from "./documents.ts";
export * from "./levels.ts";
