export * from "./queries.ts";
export { payTips, type TipPayout } from "./commands.ts";
export { LEDGER_PROBLEMS, type LedgerError } from "./errors.ts";
export { ledgerRoutes } from "./routes.ts";
export * from "./invariants.ts";
