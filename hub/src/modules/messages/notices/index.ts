export { noticeMailingsJob } from "./job.ts";
export { noticeMailingRoutes } from "./routes.ts";
