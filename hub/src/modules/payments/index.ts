export * from "./domain.ts";
export * from "./errors.ts";
export * from "./commands.ts";
export * from "./queries.ts";
export * from "./present-tender.ts";
export * from "./invariants.ts";
