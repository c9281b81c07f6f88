export { tasksInvariants } from "./invariants.ts";
export { tasksJobs } from "./jobs.ts";
export { tasksRoutes } from "./routes.ts";
export { tasksSubscribers } from "./subscribers.ts";
