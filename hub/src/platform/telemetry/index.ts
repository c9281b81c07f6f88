export { createLog, describeError, type Log, type LogDestination } from "./log.ts";
export { currentTraceId, withSpan } from "./trace.ts";
