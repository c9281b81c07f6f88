export { eraseRequests } from "./commands.ts";
export { privacyInvariants } from "./invariants.ts";
export { privacyJobs } from "./jobs.ts";
export { requestsHeldOf } from "./queries.ts";
export { privacyRoutes } from "./routes.ts";
export { privacySubscribers } from "./subscribers.ts";
