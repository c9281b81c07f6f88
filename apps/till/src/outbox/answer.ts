import type { TillCommandAnswerView } from "@weft/contracts/client";
import type { Problem } from "@weft/kernel";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { keepPracticed } from "./practiced.ts";

/** The answer of a command that was done; a refusal is thrown as the problem that it is. */
export function unwrapAnswer(answer: TillCommandAnswerView): TillCommandAnswerView {
  if (answer.outcome === "done") {
    keepPracticed(answer);
    return answer;
  }
  const fallback: Problem = { type: "about:blank", title: "", status: 409, code: "till.command_unreadable" };
  throw new ProblemError({ ...fallback, ...answer.problem }, false);
}
