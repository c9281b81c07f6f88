import type { CodedError, FieldProblem, Problem, ProblemRow } from "@weft/kernel";
import type { FastifyReply } from "fastify";
import type { z } from "zod";

const TYPE_BASE = "urn:weft:problem:";

/** Codes of the edge itself. Stable, as all codes are: they are API. */
export const EDGE_PROBLEMS = {
  "request.invalid": { status: 422, title: "The request does not fit the contract" },
  "request.malformed": { status: 400, title: "The body is not valid JSON" },
  "request.too_large": { status: 413, title: "The body is too large" },
  "request.unsupported_type": { status: 415, title: "This content type is not taken here" },
  "request.bad_url": { status: 400, title: "The address cannot be read" },
  "request.unknown_route": { status: 404, title: "There is nothing at this address" },
  "request.rate_limited": { status: 429, title: "Too many requests" },
  "request.busy": { status: 409, title: "Another request is at work on the same thing" },
  "idempotency.key_missing": { status: 400, title: "This command needs an Idempotency-Key" },
  "idempotency.other_request": { status: 422, title: "This Idempotency-Key was used for another request" },
  "idempotency.running": { status: 409, title: "The first request with this key has not ended" },
  "access.unauthenticated": { status: 401, title: "Sign in or send a key" },
  "access.training": { status: 403, title: "A training register changes nothing of the real books" },
  "access.forbidden": { status: 403, title: "This caller may not do that" },
  "platform.not_ready": { status: 503, title: "The hub is starting or stopping" },
  "platform.unexpected": { status: 500, title: "Something went wrong here" },
} as const satisfies Record<string, ProblemRow>;

export type EdgeCode = keyof typeof EDGE_PROBLEMS;

/** The problem of an error value: its row gives status and title, its own fields explain it and never replace what the edge says. */
export function problemOf(error: CodedError, row: ProblemRow | undefined, requestId: string): Problem {
  const { code, ...fields } = error;
  const { status, title } = row ?? EDGE_PROBLEMS["platform.unexpected"];
  const standard = { type: TYPE_BASE + code, title, status, code };
  return { ...standard, ...fields, ...standard, requestId };
}

export function edgeProblem(code: EdgeCode, requestId: string, extra: { detail?: string; errors?: readonly FieldProblem[] } = {}): Problem {
  return { type: TYPE_BASE + code, ...EDGE_PROBLEMS[code], code, ...extra, requestId };
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type("application/problem+json").send(JSON.stringify(problem));
}

/** Zod's issues as fields of a form: `/lines/0/sku`, a stable code, a sentence. */
export function fieldProblems(part: string, issues: readonly z.core.$ZodIssue[]): FieldProblem[] {
  return issues.slice(0, 50).map((issue) => ({
    path:
      [part === "body" ? "" : part, ...issue.path.map((step) => String(step).replaceAll("~", "~0").replaceAll("/", "~1"))].join("/") || "/",
    code: issue.code,
    message: issue.message,
  }));
}
