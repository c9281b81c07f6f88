export * from "./judge-return.ts";
export * from "./plan-return.ts";
export * from "./requests.ts";
export * from "./unproven.ts";
