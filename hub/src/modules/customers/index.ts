export * from "./domain/index.ts";
export { lockCustomer, provisionalRecord } from "./commands/provisional.ts";
export { CUSTOMER_PROBLEMS, type CustomerError } from "./errors.ts";
export { customerOf, customersOf, isOpenedAtTill, recordForTill, recordIdOf, recordsOf } from "./queries/who.ts";
