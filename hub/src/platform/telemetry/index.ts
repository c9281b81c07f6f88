export { createLog, type Log, type LogDestination } from "./log.ts";
export { createMetrics, serveMetrics, type Metrics } from "./metrics.ts";
export { createRecentRequests, type RecentRequests } from "./recent-requests.ts";
export { startTracing, traceRequests, type Tracing } from "./tracing.ts";
