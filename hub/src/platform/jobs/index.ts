export { addJob, job, type AddedJob, type Job, type JobContext, type JobOptions } from "./job.ts";
export { IDEMPOTENCY_DAYS, LOG_DAYS, platformJobs } from "./housekeeping.ts";
export { migrateJobs, startJobs, type JobParts } from "./start-jobs.ts";
