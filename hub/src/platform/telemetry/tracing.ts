import { AsyncLocalStorage } from "node:async_hooks";
import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context, type ContextManager, type Span } from "@opentelemetry/api";
import type { SpanProcessor } from "@opentelemetry/sdk-trace";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** Traces that are being collected. */
export type Tracing = {
  /** Sends what is left, and stops. */
  stop(): Promise<void>;
};

/**
 * Collects traces and sends them to an OTLP endpoint (`https://collector:4318`, the base that the specification calls
 * `OTEL_EXPORTER_OTLP_ENDPOINT`). Its packages are loaded here, so that a hub without an endpoint does not carry them.
 */
export async function startTracing(endpoint: string): Promise<Tracing> {
  const [{ BatchSpanProcessor }, { OTLPTraceExporter }] = await Promise.all([
    import("@opentelemetry/sdk-trace"),
    import("@opentelemetry/exporter-trace-otlp-http"),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` });
  return collectTraces(new BatchSpanProcessor({ exporter }));
}

/** The same with a processor of one's own. One at a time in a process: the API that spans are made with is global. */
export async function collectTraces(processor: SpanProcessor): Promise<Tracing> {
  const [{ TracerProvider }, { resourceFromAttributes }] = await Promise.all([
    import("@opentelemetry/sdk-trace"),
    import("@opentelemetry/resources"),
  ]);
  const provider = new TracerProvider({ resource: resourceFromAttributes({ "service.name": "weft" }), spanProcessors: [processor] });
  context.setGlobalContextManager(createContextManager());
  trace.setGlobalTracerProvider(provider);
  return {
    async stop() {
      await provider.shutdown();
      trace.disable();
      context.disable();
    },
  };
}

/** The active span goes wherever the work goes, through callbacks and promises. */
function createContextManager(): ContextManager {
  const storage = new AsyncLocalStorage<Context>();
  const manager: ContextManager = {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (active, work, self, ...given) => storage.run(active, () => work.apply(self, given)),
    bind: (_active, target) => target, // for event emitters, which nothing here follows
    enable: () => manager,
    disable() {
      storage.disable();
      return manager;
    },
  };
  return manager;
}

const spans = new WeakMap<FastifyRequest, Span>();

/** A span for every request, on the trace that the caller names in `traceparent` (W3C Trace Context). Nothing while no traces are collected. */
export function traceRequests(app: FastifyInstance): void {
  const tracer = trace.getTracer("weft");
  app.addHook("onRequest", (request, _reply, done) => {
    const { config, url } = request.routeOptions;
    const operation = "operation" in config && typeof config.operation === "string" ? config.operation : (url ?? "other");
    const attributes = { "http.request.method": request.method, "weft.request": request.id };
    const span = tracer.startSpan(operation, { kind: SpanKind.SERVER, attributes }, callerContext(request.headers["traceparent"]));
    spans.set(request, span);
    context.with(trace.setSpan(context.active(), span), done);
  });
  app.addHook("onResponse", async (request, reply) => {
    const span = spans.get(request);
    span?.setAttribute("http.response.status_code", reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  });
}

const TRACE_PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

function callerContext(header: string | string[] | undefined): Context {
  const [, traceId, spanId, flags] = TRACE_PARENT.exec(typeof header === "string" ? header : "") ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true });
}
