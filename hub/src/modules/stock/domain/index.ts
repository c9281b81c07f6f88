export * from "./documents.ts";
export * from "./levels.ts";
