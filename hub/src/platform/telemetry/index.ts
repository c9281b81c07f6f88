export { createLog, describeError, type Log, type LogDestination } from "./log.ts";
export { createMetrics, serveMetrics, type Metrics } from "./metrics.ts";
export { currentTraceId, withSpan } from "./trace.ts";
export { startTracing, traceRequests, type Tracing } from "./tracing.ts";
