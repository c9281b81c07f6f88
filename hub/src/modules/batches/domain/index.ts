export * from "./recall.ts";
export * from "./trace.ts";
