import { createHash } from "node:crypto";
import type { Problem } from "@weft/kernel";
import fastifyCompress from "@fastify/compress";
import fastifyCookie from "@fastify/cookie";
import fastifyRateLimit from "@fastify/rate-limit";
import fastify, { LogController, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { uuidv7 } from "uuidv7";
import type { Actor } from "../ctx.ts";
import { BusyError } from "../transaction.ts";
import type { Log } from "../telemetry/index.ts";
import { CursorError } from "./cursor.ts";
import { isTooDeep } from "./depth.ts";
import { edgeProblem, sendProblem, type EdgeCode } from "./problems.ts";

/** What the edge asks of the modules, joined in main.ts: the platform knows none of them. */
export type EdgePorts = {
  /** Who calls, by key, session, device and cart token. Unknown or expired credentials count as none. */
  authenticate(request: FastifyRequest): Promise<Actor>;
  /** Whether browsers of this origin may call, with this `Authorization` header if there is one. */
  allowsOrigin(origin: string, authorization: string | undefined): Promise<boolean>;
};

export type EdgeSettings = {
  readonly log: Log;
  readonly publicUrl: string | undefined;
  /** Requests per second of one credential or address; 0 turns the limit off. */
  readonly rateLimit: number;
  readonly trustProxy: boolean;
  /** The page that a deep link of an app is, as HTML; undefined where there is none. */
  readonly pageAt?: (url: string) => string | undefined;
  /** Origins beside the hub that the page at an address may call, with spaces between; empty for none. */
  readonly callsFrom?: (url: string) => string;
};

const BODY_LIMIT = 1024 * 1024;
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(self), geolocation=(self), microphone=()",
};

/** The policy of the apps' pages. Mantine sets inline styles; a camera scanner is WebAssembly; the tour frames the apps. */
export const PAGE_POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

const policyWith = (origins: string): string => PAGE_POLICY.replace("connect-src 'self'", `connect-src 'self' ${origins}`.trimEnd());

/**
 * Fastify with what holds on every route: request id, problem+json for every failure also outside its own error handler,
 * security headers, rate limits, and CORS as the channels allow it.
 */
export async function openEdge(ports: EdgePorts, settings: EdgeSettings): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: settings.log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: settings.trustProxy,
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 400, ignoreTrailingSlash: true },
    genReqId: (request) => {
      const given = request.headers["x-request-id"];
      return typeof given === "string" && /^[\w-]{8,64}$/.test(given) ? given : uuidv7();
    },
    frameworkErrors: (_error, request, reply) => void sendProblem(reply as FastifyReply, edgeProblem("request.bad_url", request.id)), // the same reply, typed for no route
    clientErrorHandler: (_error, socket) => {
      if (socket.destroyed || !socket.writable) return;
      const body = JSON.stringify(edgeProblem("request.malformed", uuidv7()));
      socket.end(
        `HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      );
    },
  });
  readJsonOnly(app);
  answerFailures(app);
  answerUnknown(app, settings);
  await app.register(fastifyCookie);
  await app.register(fastifyCompress, {
    threshold: 1400,
    encodings: ["br", "gzip"],
    customTypes: /^(text\/(?!event-stream)|application\/(json|problem\+json|javascript|manifest\+json)|image\/svg\+xml)/,
  });
  if (settings.rateLimit > 0) await limitRates(app, settings.rateLimit);
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(SECURITY_HEADERS).header("x-request-id", request.id);
    if (settings.publicUrl?.startsWith("https:")) reply.header("strict-transport-security", "max-age=31536000");
    await allowCrossOrigin(ports, request, reply);
  });
  return app;
}

/** JSON is the one body that the API reads; an empty one is no body, because real clients send that. */
function readJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser(["text/plain", "application/json"]);
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    const text = body as string; // parseAs gives a string
    if (text === "") done(null, undefined);
    else if (isTooDeep(text)) done(Object.assign(new Error("nested too deep"), { code: "FST_ERR_CTP_INVALID_JSON_BODY", statusCode: 400 }));
    else void parse(request, text, done); // it answers through done
  });
}

const EDGE_CODES: Readonly<Record<string, EdgeCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "request.unsupported_type",
  FST_ERR_CTP_BODY_TOO_LARGE: "request.too_large",
  FST_ERR_CTP_INVALID_JSON_BODY: "request.malformed",
  FST_ERR_CTP_EMPTY_JSON_BODY: "request.malformed",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "request.malformed",
};

function answerFailures(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const code =
      EDGE_CODES[error.code] ??
      (error.statusCode === 429 ? "request.rate_limited" : error.statusCode === 400 ? "request.malformed" : undefined);
    if (code) return sendProblem(reply, problemFor(request, code));
    if (error instanceof CursorError) {
      const errors = [{ path: "query/cursor", code: "invalid_format", message: error.message }];
      return sendProblem(reply, edgeProblem("request.invalid", request.id, { errors }));
    }
    if (error instanceof BusyError) return sendProblem(reply.header("retry-after", "1"), edgeProblem("request.busy", request.id));
    request.log.error({ err: error, route: request.routeOptions.url }, "unexpected failure");
    return sendProblem(reply, edgeProblem("platform.unexpected", request.id));
  });
}

/** Other people's clients know 400 for what is too large; 413 they have never met, or repeat. */
function problemFor(request: FastifyRequest, code: EdgeCode): Problem {
  const problem = edgeProblem(code, request.id);
  return code === "request.too_large" && isTolerant(request) ? { ...problem, status: 400 } : problem;
}

// The routes write it there.
const isTolerant = (request: FastifyRequest): boolean => (request.routeOptions.config as { tolerant?: boolean }).tolerant === true;

/** A deep link of an app is its page; an address that is nothing says so. */
function answerUnknown(app: FastifyInstance, { pageAt, callsFrom = () => "" }: EdgeSettings): void {
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
    const page = wantsPage ? pageAt?.(request.url) : undefined;
    if (page === undefined) return sendProblem(reply, edgeProblem("request.unknown_route", request.id));
    return reply
      .code(200)
      .headers({ "content-security-policy": policyWith(callsFrom(request.url)), "cache-control": "no-cache" })
      .type("text/html; charset=utf-8")
      .send(page);
  });
}

async function limitRates(app: FastifyInstance, perSecond: number): Promise<void> {
  await app.register(fastifyRateLimit, {
    global: true,
    timeWindow: 10_000,
    max: perSecond * 10,
    keyGenerator: rateKey,
    addHeadersOnExceeding: { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false },
    // Event clients have addresses of their own beside `/v1`.
    allowList: (request) => !request.url.startsWith("/v1/") && !isTolerant(request),
  });
}

/** Counted by credential and address together: a leaked publishable key must not silence a whole shop. */
function rateKey(request: FastifyRequest): string {
  const { authorization, cookie, "x-write-key": writeKey } = request.headers;
  const credential = authorization ?? writeKey ?? cookie;
  return typeof credential === "string" ? `${request.ip}:${createHash("sha1").update(credential).digest("base64")}` : request.ip;
}

async function allowCrossOrigin(ports: EdgePorts, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const origin = request.headers.origin;
  if (isTolerant(request)) {
    // No session is looked at without its header, and the key says whose events they are.
    reply.header("access-control-allow-origin", "*").header("access-control-expose-headers", "Retry-After, X-RateLimit-Reset");
    return;
  }
  if (origin === undefined || origin === `${request.protocol}://${request.headers.host}`) return;
  if (!(await ports.allowsOrigin(origin, request.headers.authorization))) return;
  reply.header("access-control-allow-origin", origin).header("vary", "Origin");
  if (request.method !== "OPTIONS") return;
  reply.headers({
    "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
    "access-control-allow-headers": "Authorization, Content-Type, Idempotency-Key, If-Match, Weft-Cart, Weft-Session",
    "access-control-max-age": "600",
  });
  await reply.code(204).send();
}

/** The language a caller reads: the first of theirs that the hub speaks. */
export function localeOf(header: string | undefined): string {
  for (const part of (header ?? "").split(",")) {
    const language = part.trim().slice(0, 2).toLowerCase();
    if (["en", "fr", "de", "ca"].includes(language)) return language;
  }
  return "en";
}

/** A usable idempotency key is 8 to 200 printable characters. */
export function isIdempotencyKey(key: unknown): key is string {
  return typeof key === "string" && /^[\x21-\x7e]{8,200}$/.test(key);
}
