export { job, type Job, type JobContext, type JobOptions } from "./job.ts";
