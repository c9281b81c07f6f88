export * from "./domain/index.ts";
export { PARITY_PROBLEMS, type ParityError } from "./errors.ts";
export { keepFeed, keptFeed, packedFeed, type FeedFacts, type FeedKey, type FeedKind, type MadeFeed } from "./feeds.ts";
export { parityInvariants } from "./invariants.ts";
export { checkJob, parityJobs } from "./jobs.ts";
export type { ShopWindows, Stand } from "./ports.ts";
export { parityRoutes } from "./routes.ts";
export { paritySignals } from "./signals.ts";
export { paritySubscribers } from "./subscribers.ts";
