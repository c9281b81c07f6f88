export * from "./domain.ts";
export * from "./errors.ts";
export * from "./commands.ts";
export * from "./queries.ts";
export { importedSales, type ImportedFacts } from "./imported.ts";
export * from "./names.ts";
export * from "./present-order.ts";
export * from "./invariants.ts";
export { ordersSnapshotOf } from "./snapshot-of.ts";
