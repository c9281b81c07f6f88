export { deletionsOf } from "./deletions.ts";
export { startEvery } from "./every.ts";
export { addJob, job, type AddedJob, type Job, type JobContext, type JobOptions } from "./job.ts";
export { platformJobs } from "./housekeeping.ts";
export { startJobs, type JobParts } from "./start-jobs.ts";
