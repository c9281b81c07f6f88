export { eraseMessages, queueMessage } from "./commands.ts";
export type { Mail, MailPort, MessageKey, NewMessage } from "./domain.ts";
export { messagesInvariants } from "./invariants.ts";
export { messagesJobs, sendJob } from "./jobs.ts";
export { listMessages, messagesOf } from "./queries.ts";
export { noticeMailingsJob } from "./notices/index.ts";
export { messagesRoutes } from "./routes.ts";
export { messagesSubscribers, type MessagesDeps } from "./subscribers.ts";
export type { Brand } from "./templates/index.ts";
