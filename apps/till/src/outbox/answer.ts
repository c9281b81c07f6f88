import type { TillCommandAnswerView } from "@weft/contracts/client";
import type { Problem } from "@weft/kernel";
import { ProblemError } from "@weft/ui/api/problem-error.ts";

/** The answer of a command that was done; a refusal is thrown as the problem that it is. */
export function unwrapAnswer(answer: TillCommandAnswerView): TillCommandAnswerView {
  if (answer.outcome === "done") return answer;
  const fallback: Problem = { type: "about:blank", title: "", status: 409, code: "till.command_unreadable" };
  throw new ProblemError({ ...fallback, ...answer.problem }, false);
}
