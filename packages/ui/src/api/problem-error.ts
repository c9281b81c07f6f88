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

/** How Chromium, Firefox and Safari begin to say that a part of the app did not arrive; there is no code for it. */
const PART_MISSING = /dynamically imported module|Importing a module script failed/;

/** The stable code of any failure; what is no problem of the hub or of the way to it is a bug of ours. */
export function problemCode(error: unknown): string {
  if (error instanceof ProblemError) return error.problem.code;
  return error instanceof TypeError && PART_MISSING.test(error.message) ? "client.offline" : "client.bug";
}

/** Whether asking again may help: the hub was away, overloaded or broken; not when it refused. */
export function mayRetry(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false;
  const { status } = error.problem;
  return error.offline || status === 429 || status >= 500;
}
