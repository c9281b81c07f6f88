export * from "./domain/index.ts";
export { judgePair, link, mergeCustomers, withdrawLink } from "./commands/link.ts";
export { lockCustomer, provisionalRecord } from "./commands/provisional.ts";
export { writeRecord, type RecordInput, type RecordWrite, type Resolution } from "./commands/write-record.ts";
export { CUSTOMER_PROBLEMS, type CustomerError } from "./errors.ts";
export { customerInvariants } from "./invariants.ts";
export { customerOf, customersOf, isOpenedAtTill, recordForTill, recordIdOf, recordsOf } from "./queries/who.ts";
export { customersSnapshotOf } from "./queries/snapshot-of.ts";
