export * from "./result.ts";
export * from "./ids.ts";
export * from "./money.ts";
export * from "./events.ts";
export * from "./problems.ts";
export * from "./zoned-time.ts";
export * from "./csv.ts";
