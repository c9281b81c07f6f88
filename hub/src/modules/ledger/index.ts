export * from "./queries.ts";
export * from "./invariants.ts";
