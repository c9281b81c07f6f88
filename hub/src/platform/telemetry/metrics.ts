import type { FastifyInstance, FastifyRequest } from "fastify";
import type pg from "pg";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { countingStatements, type StatementCount } from "./count-statements.ts";
import { readLogState } from "./log-state.ts";
import type { RecentRequests } from "./recent-requests.ts";

/** What one node measures of itself, in the Prometheus format. */
export type Metrics = {
  /** Counts a request that was answered: by operation, or `other` for pages and unknown addresses, with the SQL statements that it took. */
  request(operation: string, status: number, seconds: number, statements: number): void;
  /** Counts a problem that was answered, by its code. */
  problem(operation: string, code: string): void;
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
};

export type MetricsParts = {
  readonly pool: pg.Pool;
  readonly live: { counts(): { readonly streams: number; readonly subjects: number } };
  readonly signals: { measure(): Promise<readonly { readonly name: string; readonly about: string; readonly value: number | null }[]> };
  readonly recent: Pick<RecentRequests, "note">;
};

/** In seconds. The targets lie between 5 ms (a price looked up) and 250 ms (a checkout under load). */
const BUCKETS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Metrics of one node. What all nodes have in common (the log, subscribers, dead letters) is read from the database when it is asked for. */
export function createMetrics({ pool, live, signals, recent }: MetricsParts): Metrics {
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
  const statements = new Counter({
    name: "weft_http_statements_total",
    help: "SQL statements that requests have run",
    labelNames: ["operation"],
    registers,
  });
  const problems = new Counter({
    name: "weft_http_problems_total",
    help: "Problems that were answered, by their code",
    labelNames: ["operation", "code"],
    registers,
  });
  const measured = new Map<string, Gauge>();
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
    for (const { name, about, value } of await signals.measure()) {
      const own = measured.get(name) ?? gauge(`signal_${name}`, about);
      measured.set(name, own);
      own.set(value ?? Number.NaN);
    }
  }

  return {
    request(operation, status, seconds, count) {
      requests.observe({ operation, status }, seconds);
      statements.inc({ operation }, count);
      recent.note(operation, status, seconds, count);
    },
    problem: (operation, code) => problems.inc({ operation, code }),
    async render() {
      await collect();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

/** Measures every request, and answers `GET /metrics`. It holds no personal value, but belongs behind the proxy all the same. */
export function serveMetrics(app: FastifyInstance, metrics: Metrics): void {
  const counts = new WeakMap<FastifyRequest, StatementCount>();
  app.addHook("onRequest", (request, _reply, done) => {
    const count = { statements: 0 };
    counts.set(request, count);
    countingStatements(count, done);
  });
  app.addHook("onResponse", async (request, reply) => {
    const operation = operationOf(request);
    // How long a live stream stayed open says nothing of how fast the hub answers.
    if (operation === "live.stream") return;
    metrics.request(operation, reply.statusCode, reply.elapsedTime / 1000, counts.get(request)?.statements ?? 0);
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const code = reply.statusCode >= 400 && typeof payload === "string" ? /"code":"([\w.]{1,60})"/.exec(payload)?.[1] : undefined;
    if (code) metrics.problem(operationOf(request), code);
  });
  app.get("/metrics", async (_request, reply) => {
    const { contentType, text } = await metrics.render();
    return reply.header("content-type", contentType).send(text);
  });
}

function operationOf({ routeOptions: { config } }: FastifyRequest): string {
  return "operation" in config && typeof config.operation === "string" ? config.operation : "other";
}
