export { eraseSaved, savedHeldOf } from "./erase.ts";
export { openList } from "./commands/lists.ts";
export { makeWish } from "./commands/wishes.ts";
export { savedInvariants } from "./invariants.ts";
export { compareJob, savedJobs } from "./jobs.ts";
export { readCameTrue, type WishToMail } from "./queries/wishes.ts";
export { savedRoutes, type SavedDeps } from "./routes.ts";
export { savedSubscribers } from "./subscribers.ts";
