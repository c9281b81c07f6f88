export { eraseFiles } from "./erase.ts";
export { importJob, importJobs, importSubscribers } from "./jobs.ts";
export { FILE_LINE } from "./put-aside.ts";
export { replayFileLine } from "./replay.ts";
export { filesRoutes } from "./routes.ts";
