import { z } from "zod";
import { IdParams, Instant, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

export const DeadLetter = z
  .object({
    id: Uuid,
    at: Instant,
    subscriber: z.string(),
    eventType: z.string(),
    subject: z.string(),
    position: z.int(),
    attempts: z.int(),
    error: z.string(),
    state: z.enum(["waiting", "replayed", "discarded"]),
  })
  .meta({ id: "DeadLetter" });

export const Signal = z
  .object({
    name: z.string(),
    about: z.string(),
    unit: z.enum(["seconds", "count", "ratio", "days"]),
    worse: z.enum(["above", "below"]),
    /** Beyond this somebody should look today, beyond `bad` now. */
    watch: z.number(),
    bad: z.number(),
    /** Null: there is nothing to say, or it could not be measured. */
    value: z.number().nullable(),
    state: z.enum(["good", "watch", "bad", "unknown"]),
  })
  .meta({ id: "Signal" });

export const HealthReport = z
  .object({
    version: z.string(),
    uptimeSeconds: z.int(),
    node: z.string(),
    database: z.object({ reachable: z.boolean(), migrations: z.int(), sizeBytes: z.int() }),
    log: z.object({ position: z.int(), waiting: z.int(), lagMs: z.int() }),
    subscribers: z.array(z.object({ name: z.string(), position: z.int(), behind: z.int(), deadLetters: z.int() })),
    live: z.object({ streams: z.int(), subjects: z.int() }),
    invariants: z.object({
      checkedAt: Instant.nullable(),
      results: z.array(z.object({ name: z.string(), description: z.string(), violations: z.int(), examples: z.array(z.string()) })),
    }),
    counts: z.record(z.string(), z.int()),
    signals: z.array(Signal),
    /** What the node that answers has done in the last five minutes, the busiest first. Statements: of SQL, per request on average. */
    operations: z.array(
      z.object({
        operation: z.string(),
        perMinute: z.number(),
        refused: z.int(),
        failed: z.int(),
        p50Ms: z.number(),
        p95Ms: z.number(),
        p99Ms: z.number(),
        statements: z.number(),
      }),
    ),
  })
  .meta({ id: "HealthReport" });

export const platformEndpoints = {
  "platform.health": { summary: "The process is alive", tag: "platform", response: z.object({ status: z.literal("ok") }), status: 200 },
  "platform.ready": {
    summary: "Database reachable and migrated",
    tag: "platform",
    response: z.object({ status: z.enum(["ready", "not_ready"]), migrations: z.int(), versions: z.array(z.string()) }),
    status: 200,
  },
  "platform.report": {
    summary: "Health for the office: log, subscribers, live streams, invariants",
    tag: "platform",
    response: HealthReport,
    status: 200,
  },
  "platform.checkInvariants": {
    summary: "Run the invariant checker now",
    tag: "platform",
    response: HealthReport.shape.invariants,
    status: 200,
  },
  "deadLetters.list": {
    summary: "Events that a subscriber could not process",
    tag: "platform",
    query: z.object({ ...PageQuery, state: z.enum(["waiting", "replayed", "discarded"]).default("waiting") }),
    response: pageOf(DeadLetter),
    status: 200,
  },
  "deadLetters.replay": {
    summary: "Give the event to its subscriber again",
    tag: "platform",
    params: IdParams,
    response: DeadLetter,
    status: 200,
  },
  "deadLetters.discard": { summary: "Put it aside for good", tag: "platform", params: IdParams, response: DeadLetter, status: 200 },
  "live.stream": {
    summary: "Server-sent events: `{subject, version, patch}` of what the caller follows",
    tag: "live",
    query: z.object({
      customer: z.string().max(40).optional(),
      cart: z.string().max(400).optional(),
      order: z.string().max(400).optional(),
      store: z.string().max(400).optional(),
      ticket: z.string().max(80).optional(),
      session: z.string().max(40).optional(),
    }),
    response: z.string(),
    status: 200,
    raw: true,
  },
  "live.follow": {
    summary: "Add subjects to a stream of one's own, or take them off",
    tag: "live",
    params: z.object({ stream: Uuid }),
    body: z.object({
      add: z
        .array(z.object({ subject: z.string().max(80), token: z.string().max(80).optional() }))
        .max(100)
        .default([]),
      remove: z.array(z.string().max(80)).max(100).default([]),
    }),
    response: z.object({ following: z.array(z.string()), refused: z.array(z.string()) }),
    status: 200,
  },
  "live.ticket": {
    summary: "A ticket to open a stream where no cookie can be sent (30 s, single use)",
    tag: "live",
    response: z.object({ ticket: z.string(), expiresAt: Instant }),
    status: 201,
  },
} satisfies Record<string, Endpoint>;
