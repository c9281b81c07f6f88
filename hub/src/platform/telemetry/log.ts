import type { FastifyBaseLogger } from "fastify";
import { pino, type LoggerOptions } from "pino";
import { currentTraceId } from "./trace.ts";

/** The hub's structured log. Ids only, never a personal value [LOG-4]. */
export type Log = FastifyBaseLogger;

/** Fields that hold a credential, a body or a person's data: never written, wherever they stand up to two levels deep. */
const REDACTED = [
  "authorization",
  "cookie",
  "password",
  "pin",
  "token",
  "cartToken",
  "secret",
  "body",
  "headers",
  "email",
  "phone",
  "givenName",
  "familyName",
  "customerName",
  "displayName",
  "address",
  "birthDate",
] as const;

/** Where the log goes when not to standard output. */
export type LogDestination = { write(line: string): void };

/** A logger of JSON lines. `trace` is on every line that is written inside a traced request. */
export function createLog(level: string, destination?: LogDestination): Log {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => {
      const trace = currentTraceId();
      return trace === null ? {} : { trace };
    },
    redact: { paths: REDACTED.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), remove: true },
    serializers: { err: describeError, error: describeError, req: describeRequest, res: ({ statusCode }) => ({ statusCode }) },
  };
  return destination ? pino(options, destination) : pino(options);
}

/**
 * What a log may know of an error. PostgreSQL quotes the row's values in its details, and the refused input in its messages,
 * so details are left out and quoted parts are blanked; code, table and constraint say what happened.
 */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const fields = error as Error & Readonly<Record<string, unknown>>; // read by name below, whatever is there
  const blank = (text: string | undefined) => ("severity" in error ? text?.replaceAll(/"[^"\n]*"/g, '"…"') : text);
  return {
    type: error.name,
    message: blank(error.message),
    stack: blank(error.stack),
    code: fields["code"],
    table: fields["table"],
    constraint: fields["constraint"],
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/** Method and path; the query may hold what was searched for, which is often a name. */
function describeRequest({ method, url, id }: { method?: string; url?: string; id?: unknown }): object {
  return { id, method, path: url?.split("?", 1)[0] };
}
