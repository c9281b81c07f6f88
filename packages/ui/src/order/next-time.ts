import { ProblemError } from "../api/problem-error.ts";
import { formatDateTime } from "../i18n/format.ts";

/** Says of an order whose slot has no room when there is some, by the clock of its store; every other problem is as it was. */
export function withNextTime(error: unknown, timeZone: string): unknown {
  if (!(error instanceof ProblemError) || error.problem.code !== "order.no_room") return error;
  const { nextAt } = error.problem as { nextAt?: string | null }; // the fields of this code
  if (!nextAt) return error;
  const next = formatDateTime(nextAt, { timeZone, style: "short" });
  return new ProblemError({ ...error.problem, code: "order.no_room_until", next }, error.offline);
}
