import type { Problem } from "@weft/kernel";

/** A refused or failed call as an exception, for TanStack Query, which knows failures only so. */
export class ProblemError extends Error {
  readonly problem: Problem;
  /** The hub could not be reached at all: nothing happened there. */
  readonly offline: boolean;

  constructor(problem: Problem, offline: boolean) {
    super(`${problem.code}: ${problem.title}`);
    this.name = "ProblemError";
    this.problem = problem;
    this.offline = offline;
  }
}

/** The stable code of any failure; what is no problem of the hub is a bug of ours. */
export function problemCode(error: unknown): string {
  return error instanceof ProblemError ? error.problem.code : "client.bug";
}

/** Whether asking again may help: the hub was away, overloaded or broken; not when it refused. */
export function mayRetry(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false;
  const { status } = error.problem;
  return error.offline || status === 429 || status >= 500;
}
