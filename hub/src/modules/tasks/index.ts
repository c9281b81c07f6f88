export { tasksInvariants } from "./invariants.ts";
export { tasksJobs } from "./jobs.ts";
export { countTasks, type TaskCount } from "./queries.ts";
export { tasksRoutes } from "./routes.ts";
export { tasksSubscribers } from "./subscribers.ts";
