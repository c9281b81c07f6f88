import { InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace";
import fastify from "fastify";
import pg from "pg";
import { afterEach, expect, it } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import { sql } from "kysely";
import { dbOn, statement } from "../database/db.ts";
import { createLog } from "./log.ts";
import { createMetrics, serveMetrics } from "./metrics.ts";
import { createRecentRequests } from "./recent-requests.ts";
import { currentTraceId, withSpan } from "./trace.ts";
import { collectTraces, traceRequests, type Tracing } from "./tracing.ts";

let tracing: Tracing | undefined;

afterEach(async () => {
  await tracing?.stop();
  tracing = undefined;
});

function logged(): { lines: () => Record<string, unknown>[]; log: ReturnType<typeof createLog> } {
  const written: string[] = [];
  return { lines: () => written.map((line) => JSON.parse(line)), log: createLog("info", { write: (line) => void written.push(line) }) };
}

it("[LOG-4] the log leaves out credentials, bodies and fields of a person, wherever they stand", () => {
  const { lines, log } = logged();
  log.info(
    { cartId: "1", email: "ada@example.com", customer: { phone: "+33 6", recordId: "2" }, req: { headers: { authorization: "Bearer x" } } },
    "hello",
  );
  expect(lines()).toMatchObject([{ level: "info", msg: "hello", cartId: "1", customer: { recordId: "2" } }]);
  expect(JSON.stringify(lines())).not.toMatch(/ada@|\+33|Bearer/);
});

it("[LOG-4] a request is logged without its query, which may be what somebody searched for", () => {
  const { lines, log } = logged();
  log.info({ req: { id: "r1", method: "GET", url: "/v1/customers?query=ada" } }, "asked");
  expect(lines()[0]?.["req"]).toEqual({ id: "r1", method: "GET", path: "/v1/customers" });
});

it("[LOG-4] a database error tells code, table and constraint, and quotes no value", async () => {
  const { poolConfig } = await testDatabase();
  const client = new pg.Client(poolConfig);
  await client.connect();
  await client.query("create table person (email text primary key)");
  await client.query("insert into person values ('ada@example.com')");
  const { lines, log } = logged();
  for (const statement of ["insert into person values ('ada@example.com')", "select 'ada@example.com'::integer"]) {
    await client.query(statement).catch((error: unknown) => log.error({ err: new Error("could not save", { cause: error }) }, "failed"));
  }
  await client.end();
  expect(lines()[0]?.["err"]).toMatchObject({
    message: "could not save",
    cause: { code: "23505", table: "person", constraint: "person_pkey" },
  });
  expect(lines()).toHaveLength(2);
  expect(JSON.stringify(lines())).not.toContain("ada@");
});

it("requests, the log and its subscribers can be scraped", async () => {
  const { poolConfig } = await testDatabase();
  const pool = new pg.Pool({ ...poolConfig, max: 2 });
  await pool.query("insert into platform.subscription (name, position) values ('test.one', 0)");
  await pool.query("update platform.log_head set position = 7");
  await pool.query("select platform.publish(gen_random_uuid(), 'test.happened.v1', 'test/1', '{}')");
  const recent = createRecentRequests(() => 0);
  const app = fastify();
  serveMetrics(
    app,
    createMetrics({
      pool,
      live: { counts: () => ({ streams: 3, subjects: 2 }) },
      signals: { measure: async () => [{ name: "lag_seconds", about: "How late", value: 0.5 }] },
      recent,
    }),
  );
  app.get("/things", { config: { operation: "things.list" } as object }, async () => {
    await statement(pool, "select 1", []);
    await sql`select 2`.execute(dbOn(pool));
    return "ok";
  });
  app.get("/busy", { config: { operation: "things.list" } as object }, async (_request, reply) =>
    reply.code(409).send(JSON.stringify({ code: "things.busy" })),
  );
  await app.inject("/busy");
  await app.inject("/things");
  await app.inject("/nowhere");
  const { body, headers } = await app.inject("/metrics");
  await app.close();
  await pool.end();
  expect(headers["content-type"]).toMatch(/^text\/plain/);
  for (const line of [
    'weft_http_request_seconds_count{operation="things.list",status="200"} 1',
    'weft_http_request_seconds_count{operation="other",status="404"} 1',
    'weft_subscriber_behind{subscriber="test.one"} 7',
    'weft_dead_letters{subscriber="test.one"} 0',
    "weft_log_waiting 1",
    "weft_live_streams 3",
    'weft_http_statements_total{operation="things.list"} 2',
    'weft_http_problems_total{operation="things.list",code="things.busy"} 1',
    "weft_signal_lag_seconds 0.5",
  ]) {
    expect(body).toContain(line);
  }
});

it("a request goes on the trace of its caller, and everything logged within names that trace", async () => {
  const exporter = new InMemorySpanExporter();
  tracing = await collectTraces(new SimpleSpanProcessor({ exporter }));
  const { lines, log } = logged();
  const app = fastify();
  traceRequests(app);
  app.get("/things", async () => {
    await withSpan("things.command", {}, async () => log.info("within"));
    return currentTraceId();
  });
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  const { body } = await app.inject({ url: "/things", headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } });
  await app.close();
  expect(body).toBe(traceId);
  expect(lines()).toMatchObject([{ msg: "within", trace: traceId }]);
  const spans = exporter.getFinishedSpans();
  expect(spans.map(({ name }) => name)).toEqual(["things.command", "/things"]);
  expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(new Set([traceId]));
});

it("without an endpoint nothing is traced", async () => {
  expect(await withSpan("anything", {}, async () => currentTraceId())).toBeNull();
});
