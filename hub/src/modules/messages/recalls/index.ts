export { recallMessagesJob, recallsTold, type RecallToTell } from "./job.ts";
export { receiversOfRecall, sumsOfRecall, unreachedByRecall } from "./queries.ts";
export type { RecallOutcome } from "./settle.ts";
