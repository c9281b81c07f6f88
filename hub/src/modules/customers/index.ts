export * from "./domain/index.ts";
export { openCustomer } from "./commands/at-till.ts";
export { openChallenge, type OpenedChallenge } from "./commands/challenges.ts";
export { eraseRecords, type ErasureHook } from "./commands/erase.ts";
export { collectUnder, countUntold, nextUntold, noteInformed, noticeToSend, type NoticeToSend, type Untold } from "./commands/informed.ts";
export { importRecords, type ImportedRecord } from "./commands/import-records.ts";
export { writeRecords, type RecordOutcome } from "./commands/write-records.ts";
export { judgePair, keepCustomersApart, undoJudgment } from "./commands/judge.ts";
export { link, mergeCustomers, withdrawLink } from "./commands/link.ts";
export { matchRecord } from "./commands/match-record.ts";
export { forgetNobodies, oldNobodies } from "./commands/nobodies.ts";
export {
  advanceNotices,
  informPeople,
  publishNotice,
  type Informing,
  type InformingId,
  type NewNotice,
  type NoticeId,
} from "./commands/notices.ts";
export { isUnprofiled, keepObjection, type ObjectionKind } from "./commands/object.ts";
export { lockCustomer, provisionalRecord } from "./commands/provisional.ts";
export { bindVisitor, releaseVisitor, senderRecords, type Sender } from "./commands/senders.ts";
export type { AdoptCart, AnonymousCart } from "./commands/sign-in.ts";
export { advanceSwitch } from "./commands/advance-switch.ts";
export { levelChangeOf, switchLevel, type LevelChangeId, type LevelWish } from "./commands/switch-level.ts";
export { writeRecord, type RecordInput, type RecordWrite, type Resolution } from "./commands/write-record.ts";
export { countryOf } from "./commands/normalize-input.ts";
export { CUSTOMER_PROBLEMS, type CustomerError, type NoticeError } from "./errors.ts";
export { customerInvariants } from "./invariants.ts";
export { customerJobs } from "./jobs.ts";
export { hashOf, isBlocked, normalizeEmail, normalizePhone } from "./normalize.ts";
export { findCustomers, recordsOfShownCard, type CardPorts, type Found } from "./queries/find.ts";
export { candidatesAtTill, candidatesOf, type Candidate as TillCandidate } from "./queries/find-at-till.ts";
export { noticesShownOn } from "./queries/notices.ts";
export { listMatches, type MatchPosition } from "./queries/matches.ts";
export { customersPage, type CustomersPage, type ExportedCustomer } from "./queries/export-page.ts";
export { recordsWith, type Holding, type HeldValue } from "./queries/records-with.ts";
export { addressesOf, customersByIds, reachOf, valuesOf } from "./queries/reach.ts";
export { readPerson, readRecords, type Person } from "./queries/records.ts";
export { customersSnapshotOf } from "./queries/snapshot-of.ts";
export { sharedBetween } from "./queries/shared-between.ts";
export { channelsSeen, isSeen } from "./queries/visible.ts";
export { customerOf, customersOf, isOpenedAtTill, personRecordsOf, recordForTill, recordIdOf, recordsOf } from "./queries/who.ts";
export { customersRoutes, greetCustomer, levelChangeLive, type CustomersDeps, type CustomerScreens } from "./routes/index.ts";
export { auditServing, servedCustomer, servedRecord, type Served } from "./serving.ts";
export { customerSubscribers } from "./subscribers.ts";
