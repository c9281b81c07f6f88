import { ENDPOINTS, PATHS, type Endpoint, type OperationId } from "@weft/contracts";
import type { CodedError, Result } from "@weft/kernel";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type pg from "pg";
import type { Actor, Ctx, ReadCtx } from "../ctx.ts";
import { dbOn } from "../database/db.ts";
import { withSpan } from "../telemetry/trace.ts";
import type { Vault } from "../vault.ts";
import { BusyError, inTransaction, keepRefusal, type Key, type StoredAnswer, type Surroundings } from "../transaction.ts";
import { isIdempotencyKey, localeOf } from "./edge.ts";
import { unstorablePath } from "./storable.ts";
import { EDGE_PROBLEMS, edgeProblem, fieldProblems, problemOf, sendProblem } from "./problems.ts";
import { Committed, type ErasedOptions, type Input, type Route, type ShownTouch } from "./route.ts";

/** Whether a caller may use an operation: one row of the rights table in `access`. */
export type RightDecision = { readonly allowed: true } | Refusal;
/** `code` where the usual ones would say too little. */
type Refusal = {
  readonly allowed: false;
  readonly status: 401 | 403;
  readonly because: string;
  readonly code?: keyof typeof EDGE_PROBLEMS;
};

export type ServePorts = {
  authenticate(request: FastifyRequest): Promise<Actor>;
  mayCall(operation: OperationId, actor: Actor): RightDecision;
  /** Keeps who read whose data, or was refused; the answer waits for it. */
  audit(entry: {
    readonly actor: Actor;
    readonly action: OperationId;
    readonly subject: string;
    readonly outcome: "allowed" | "denied";
    readonly requestId: string;
  }): Promise<void>;
  /** Takes what was shown to someone, after the answer. */
  shown(touch: ShownTouch): void;
};

export type ServeParts = {
  readonly pool: pg.Pool;
  readonly snapshots: Ctx["snapshots"];
  readonly log: Ctx["log"];
  readonly ports: ServePorts;
  /** Holds every answer against its schema: in tests and development, where a drift must be seen. */
  readonly checksAnswers: boolean;
  readonly secureCookies: boolean;
  readonly vault: Pick<Vault, "mac">;
};

/** Puts the modules' routes on the edge: parse by the contract, ask the right, run, answer. */
export function serveRoutes(app: FastifyInstance, parts: ServeParts, routes: readonly Route[]): void {
  app.decorateRequest("actor", null);
  const bytes = routes.filter((route) => route.kind === "raw" && route.bytes);
  const streamed = routes.filter((route) => route.kind === "raw" && route.streamed);
  for (const route of routes) if (!bytes.includes(route) && !streamed.includes(route)) mount(app, parts, route);
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    for (const route of bytes) mount(scope, parts, route);
  });
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, body, done) => done(null, body));
    for (const route of streamed) mount(scope, parts, route);
  });
}

function mount(app: FastifyInstance, parts: ServeParts, route: Route): void {
  const [method = "GET", path = "/"] = PATHS[route.operation].split(" ");
  app.route({
    method,
    url: path.replaceAll(/\{(\w+)\}/g, ":$1"),
    config: { operation: route.operation, tolerant: route.kind === "raw" && route.tolerant },
    // Whoever asks for the bytes unpacks them, within limits of its own.
    ...(readsItself(route) ? { decompress: false } : {}),
    handler: async (request, reply) => {
      const actor = await parts.ports.authenticate(request);
      const right = parts.ports.mayCall(route.operation, actor);
      if (!right.allowed) return refuse(parts, route.operation, actor, right, request, reply);
      const around: Surroundings = { pool: parts.pool, snapshots: parts.snapshots, log: parts.log, requestId: request.id, actor };
      const input = parse(ENDPOINTS[route.operation], request, reply, parts.secureCookies, readsItself(route));
      if ("problem" in input) return sendProblem(reply, input.problem);
      if (route.kind === "raw") return route.handle({ request, reply, actor, around, input, shown: (touch) => parts.ports.shown(touch) });
      return route.kind === "read"
        ? answerRead(parts, route, around, input, reply)
        : answerWrite(parts, route, around, input, request, reply);
    },
  });
}

const readsItself = (route: Route): boolean => route.kind === "raw" && (route.bytes || route.streamed);

async function refuse(
  parts: ServeParts,
  operation: OperationId,
  actor: Actor,
  right: Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (right.status === 403)
    await parts.ports.audit({
      actor,
      action: operation,
      subject: request.url.split("?", 1)[0] ?? "",
      outcome: "denied",
      requestId: request.id,
    });
  return sendProblem(
    reply,
    edgeProblem(right.code ?? (right.status === 401 ? "access.unauthenticated" : "access.forbidden"), request.id, {
      detail: right.because,
    }),
  );
}

type Problem = ReturnType<typeof edgeProblem>;

function parse(
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
  secure: boolean,
  bytes: boolean,
): Input<OperationId> | { problem: Problem } {
  const values: Record<string, unknown> = { params: {}, query: {}, body: undefined };
  for (const [part, schema, given] of [
    ["params", endpoint.params, request.params],
    ["query", endpoint.query, request.query],
    ["body", bytes ? undefined : endpoint.body, request.body ?? undefined],
  ] as const) {
    if (!schema) continue;
    const parsed = schema.safeParse(given);
    if (!parsed.success)
      return { problem: edgeProblem("request.invalid", request.id, { errors: fieldProblems(part, parsed.error.issues) }) };
    const unstorable = unstorablePath(parsed.data, part === "body" ? "" : part);
    if (unstorable !== undefined) {
      const errors = [{ path: unstorable || "/", code: "invalid_format", message: "a text with U+0000 or half a character" }];
      return { problem: edgeProblem("request.invalid", request.id, { errors }) };
    }
    values[part] = parsed.data;
  }
  const session = request.headers["weft-session"];
  return {
    ...(values as Pick<Input<OperationId>, "params" | "query" | "body">), // parsed by the operation's own schemas just above
    request: { ip: request.ip, locale: localeOf(request.headers["accept-language"]), headers: request.headers },
    sessionName: typeof session === "string" && /^weft_[a-z0-9_]{1,40}$/.test(session) ? session : null,
    setCookie: (name, value, { maxAgeSeconds }) =>
      void reply.setCookie(name, value, { path: "/", httpOnly: true, sameSite: "lax", secure, maxAge: maxAgeSeconds }),
    clearCookie: (name) => void reply.clearCookie(name, { path: "/" }),
  };
}

async function answerRead(
  parts: ServeParts,
  route: Extract<Route, { kind: "read" }>,
  around: Surroundings,
  input: Input<OperationId>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const read = async (ctx: ReadCtx) => route.handle(ctx, input as never); // the route's own operation, see Route
  const result = route.options.isLong
    ? await readAtLeisure(around, read)
    : await read({ ...around, db: dbOn(around.pool), now: new Date() });
  if (!result.ok) return sendProblem(reply, problemOf(result.error, route.options.problems[result.error.code], around.requestId));
  await auditRead(parts, route.operation, route.options, around, input, result.value);
  return send(parts, route.operation, route.options, around, input, result.value, reply);
}

/** In a transaction, because only there a time limit can be set that the connection's next user does not inherit. */
async function readAtLeisure(
  around: Surroundings,
  read: (ctx: ReadCtx) => Promise<Result<unknown, CodedError>>,
): Promise<Result<unknown, CodedError>> {
  const outcome = await inTransaction({ ...around, settings: "set local statement_timeout = '5min'; " }, read);
  if (outcome.kind !== "done") throw new Error("a transaction without a key is never replayed");
  return outcome.result;
}

async function answerWrite(
  parts: ServeParts,
  route: Extract<Route, { kind: "write" }>,
  around: Surroundings,
  input: Input<OperationId>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const endpoint: Endpoint = ENDPOINTS[route.operation];
  const given = request.headers["idempotency-key"];
  if (given === undefined && endpoint.idempotencyKey === "required")
    return sendProblem(reply, edgeProblem("idempotency.key_missing", request.id));
  if (given !== undefined && !isIdempotencyKey(given))
    return sendProblem(
      reply,
      edgeProblem("request.invalid", request.id, {
        errors: [{ path: "/headers/idempotency-key", code: "invalid_format", message: "8 to 200 printable characters" }],
      }),
    );
  const command = (ctx: Ctx) => route.handle(ctx, input as never); // the route's own operation, see Route
  const run = (ctx: Ctx) => withSpan(`${route.operation} command`, {}, () => command(ctx));
  const credential = route.options.keyedBy?.(input as never) ?? around.actor.credential; // the route's own operation, see Route
  const key = given === undefined ? undefined : keyOf(parts.vault, { credential }, route.operation, given, request);
  const outcome = await inTransaction(around, run, key && { key, keep: (value) => kept(route, around, value) }).catch((error: unknown) => {
    if (error instanceof BusyError && key) return { kind: "replayed" as const, stored: { kind: "running" as const, resumeAfter: null } };
    throw error;
  });
  if (outcome.kind === "replayed") return replay(outcome.stored, request.id, reply);
  const { result } = outcome;
  if (!result.ok) {
    const problem = problemOf(result.error, route.options.problems[result.error.code], around.requestId);
    if (key && problem.status < 500) await keepRefusal(parts.pool, key, { status: problem.status, response: JSON.stringify(problem) });
    return sendProblem(reply, problem);
  }
  return send(parts, route.operation, route.options, around, input, result.value, reply);
}

/**
 * A key with the hash of what was asked: the same key with another request is a mistake of the caller. The hash is keyed with the
 * installation's secret: a body may hold a PIN or a password, and a plain hash of one could be tried through on a copy of the database.
 */
export function keyOf(
  vault: Pick<Vault, "mac">,
  actor: Pick<Actor, "credential">,
  route: string,
  key: string,
  request: Pick<FastifyRequest, "url" | "body">,
): Key {
  const requestHash = vault.mac("request", `${request.url}\n${JSON.stringify(request.body ?? null)}`);
  return { credential: actor.credential, route, key, requestHash };
}

function kept(
  route: Extract<Route, { kind: "write" }>,
  around: Surroundings,
  value: unknown,
): { status: number; response: string; recordId?: string | null } {
  if (value instanceof Committed) {
    const refusal = value as Committed<CodedError>; // handlers answer nothing else of this class
    const problem = problemOf(refusal.error, route.options.problems[refusal.error.code], around.requestId);
    return { status: problem.status, response: JSON.stringify(problem) };
  }
  return {
    status: statusOf(route.operation, route.options, value),
    response: JSON.stringify(route.options.kept?.(value as never) ?? value), // the route's own answer
    recordId: route.options.recordOf?.(value as never) ?? null, // likewise
  };
}

/** Sends what is stored under an idempotency key. */
export function replay(stored: StoredAnswer, requestId: string, reply: FastifyReply): FastifyReply {
  if (stored.kind === "other_request") return sendProblem(reply, edgeProblem("idempotency.other_request", requestId));
  if (stored.kind === "running") return sendProblem(reply.header("retry-after", "1"), edgeProblem("idempotency.running", requestId));
  const type = stored.status >= 400 ? "application/problem+json" : "application/json; charset=utf-8";
  return reply
    .code(stored.status)
    .header("idempotent-replayed", "true")
    .type(type)
    .send(stored.status === 204 ? undefined : stored.response);
}

function statusOf(operation: OperationId, options: ErasedOptions, value: unknown): number {
  return options.status?.(value as never) ?? ENDPOINTS[operation].status; // the route's own answer
}

async function auditRead(
  parts: ServeParts,
  operation: OperationId,
  options: ErasedOptions,
  around: Surroundings,
  input: Input<OperationId>,
  value: unknown,
): Promise<void> {
  // Customers are let to their own data only: what they look at is no read of another person's [ACC-10].
  if (value instanceof Committed || (around.actor.kind === "customer" && !options.isFile)) return;
  const subject = options.audit?.(input as never, value as never); // the route's own input and answer
  if (subject)
    await parts.ports.audit({ actor: around.actor, action: operation, subject, outcome: "allowed", requestId: around.requestId });
}

function send(
  parts: ServeParts,
  operation: OperationId,
  options: ErasedOptions,
  around: Surroundings,
  input: Input<OperationId>,
  value: unknown,
  reply: FastifyReply,
): FastifyReply {
  if (value instanceof Committed) {
    const refusal = value as Committed<CodedError>; // handlers answer nothing else of this class
    return sendProblem(
      reply,
      problemOf(refusal.error, options.problems[refusal.error.code] ?? EDGE_PROBLEMS["platform.unexpected"], around.requestId),
    );
  }
  const touch = options.shown?.(value as never, input as never, around.actor); // the route's own answer and input
  if (touch) parts.ports.shown(touch);
  return sendAnswer(operation, statusOf(operation, options, value), value, reply, parts.checksAnswers);
}

/** Sends an answer as the contract says, held against its schema where that is on. */
export function sendAnswer(operation: OperationId, status: number, value: unknown, reply: FastifyReply, checks: boolean): FastifyReply {
  const schema = ENDPOINTS[operation].response;
  if (schema === null || status === 204 || value === null || value === undefined) return reply.code(status === 200 ? 204 : status).send();
  if (checks) schema.parse(value);
  return reply.code(status).type("application/json; charset=utf-8").send(JSON.stringify(value));
}
