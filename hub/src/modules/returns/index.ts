export { importReturns, type ImportedReturn, type ImportedReturnLine, type ReturnId } from "./commands.ts";
export { importedReturns } from "./imported.ts";
export { returnsInvariants } from "./invariants.ts";
export { listReturns, type ReturnFilter } from "./queries.ts";
export { returnsRoutes } from "./routes.ts";
