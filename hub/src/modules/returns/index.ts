export { importReturns, type ImportedReturn, type ImportedReturnLine, type ReturnId } from "./commands.ts";
export { returnsInvariants } from "./invariants.ts";
