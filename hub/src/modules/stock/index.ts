export * from "./commands/index.ts";
export { type Level, type StockEntry } from "./domain.ts";
export { STOCK_PROBLEMS, type StockError } from "./errors.ts";
export { stockInvariants } from "./invariants.ts";
export { levelsOf } from "./queries/levels.ts";
export { stockRoutes } from "./routes.ts";
export { startHoldSweeper } from "./sweeper.ts";
