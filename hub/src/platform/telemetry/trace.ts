import { SpanStatusCode, trace } from "@opentelemetry/api";

const tracer = trace.getTracer("weft");

/** The trace that the current work belongs to, or null when nothing is traced. */
export function currentTraceId(): string | null {
  return trace.getActiveSpan()?.spanContext().traceId ?? null;
}

/** Runs `work` in a span of its own. Without an endpoint for traces this only calls it. Attributes are ids and names of ours, never personal values. */
export async function withSpan<T>(name: string, attributes: Readonly<Record<string, string | number>>, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      // The message may quote a value of a person, so only its kind is told.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : "error" });
      throw error;
    } finally {
      span.end();
    }
  });
}
