export { recallMessagesJob, recallsTold, type RecallToTell } from "./job.ts";
export { receiversOfRecall, sumsOfRecall } from "./queries.ts";
export type { RecallOutcome } from "./settle.ts";
