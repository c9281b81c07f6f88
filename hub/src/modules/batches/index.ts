export * from "./domain/index.ts";
export { BATCHES_PROBLEMS, type BatchesError } from "./errors.ts";
export { batchesInvariants } from "./invariants.ts";
export { nameOf as nameOfRecalled, presentRecall } from "./present.ts";
export { recallById, recallsPage, standingRecalls, type StoredRecall } from "./queries/recalls.ts";
export { recallsSnapshot, type KnownRecall } from "./queries/snapshot.ts";
export { batchesRoutes } from "./routes.ts";
