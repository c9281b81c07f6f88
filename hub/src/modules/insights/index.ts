export * from "./domain/index.ts";
export { eraseSeams } from "./erase.ts";
export { insightsInvariants } from "./invariants.ts";
export { insightsJobs } from "./jobs.ts";
export { listSeams, readContinuity, seamsHeldOf } from "./queries.ts";
export { REBUILD_AT_ONCE, rebuildSeams } from "./rebuild.ts";
export { insightsRoutes } from "./routes.ts";
export { seamsFollower } from "./seams.ts";
