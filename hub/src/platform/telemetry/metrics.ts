import type { FastifyInstance } from "fastify";
import type pg from "pg";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { readLogState } from "./log-state.ts";

/** What one node measures of itself, in the Prometheus format. */
export type Metrics = {
  /** Counts a request that was answered: by operation, or `other` for pages and unknown addresses. */
  request(operation: string, status: number, seconds: number): void;
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
};

export type MetricsParts = {
  readonly pool: pg.Pool;
  readonly live: { counts(): { readonly streams: number; readonly subjects: number } };
};

/** In seconds. The targets lie between 5 ms (a price looked up) and 250 ms (a checkout under load). */
const BUCKETS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Metrics of one node. What all nodes have in common (the log, subscribers, dead letters) is read from the database when it is asked for. */
export function createMetrics({ pool, live }: MetricsParts): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: "weft_" });
  const requests = new Histogram({
    name: "weft_http_request_seconds",
    help: "Time from the request to the end of the answer",
    labelNames: ["operation", "status"],
    buckets: BUCKETS,
    registers,
  });
  const gauge = (name: string, help: string, labelNames: string[] = []) => new Gauge({ name: `weft_${name}`, help, labelNames, registers });
  const connections = gauge("pool_connections", "Connections of this node's pool: open, idle, and requests that wait for one", ["state"]);
  const streams = gauge("live_streams", "Live streams on this node");
  const subjects = gauge("live_subjects", "Subjects followed on this node");
  const waiting = gauge("log_waiting", "Committed events without a position");
  const lag = gauge("log_lag_seconds", "Age of the oldest committed event without a position");
  const behind = gauge("subscriber_behind", "Positions between a subscriber and the end of the log", ["subscriber"]);
  const letters = gauge("dead_letters", "Events that wait for a person", ["subscriber"]);

  async function collect(): Promise<void> {
    connections.set({ state: "open" }, pool.totalCount);
    connections.set({ state: "idle" }, pool.idleCount);
    connections.set({ state: "wanted" }, pool.waitingCount);
    const counts = live.counts();
    streams.set(counts.streams);
    subjects.set(counts.subjects);
    const log = await readLogState(pool);
    waiting.set(log.waiting);
    lag.set(log.lagMs / 1000);
    behind.reset();
    letters.reset();
    for (const each of log.subscribers) {
      behind.set({ subscriber: each.name }, each.behind);
      letters.set({ subscriber: each.name }, each.deadLetters);
    }
  }

  return {
    request: (operation, status, seconds) => requests.observe({ operation, status }, seconds),
    async render() {
      await collect();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

/** Measures every request, and answers `GET /metrics`. It holds no personal value, but belongs behind the proxy all the same. */
export function serveMetrics(app: FastifyInstance, metrics: Metrics): void {
  app.addHook("onResponse", async (request, reply) => {
    const { config } = request.routeOptions;
    const operation = "operation" in config && typeof config.operation === "string" ? config.operation : "other";
    // How long a live stream stayed open says nothing of how fast the hub answers.
    if (operation !== "live.stream") metrics.request(operation, reply.statusCode, reply.elapsedTime / 1000);
  });
  app.get("/metrics", async (_request, reply) => {
    const { contentType, text } = await metrics.render();
    return reply.header("content-type", contentType).send(text);
  });
}
