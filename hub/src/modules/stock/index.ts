export * from "./commands/index.ts";
export { type AheadKind, type AheadTerms, type DocumentId, type Level, type StockEntry } from "./domain/index.ts";
export { STOCK_PROBLEMS, type StockError } from "./errors.ts";
export { stockInvariants } from "./invariants.ts";
export { goodsLive } from "./live.ts";
export { levelsOf } from "./queries/levels.ts";
export { stockRoutes } from "./routes.ts";
export { aheadSnapshot } from "./snapshot.ts";
export { startHoldSweeper } from "./sweeper.ts";
