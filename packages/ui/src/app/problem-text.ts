import type { Because } from "@weft/contracts/client";
import { ProblemError, problemCode } from "../api/problem-error.ts";
import { hasMessage, translator, type MessageValues } from "../i18n/i18n.ts";
import { t } from "../t.ts";

/** Codes are known only when they come; each app may have words for the ones it meets. */
const say = translator<string>();

/** What happened, in the reader's words where there are some for the code (`problem.<code>`), else a sentence that fits all. */
export function problemText(error: unknown): string {
  const key = `problem.${problemCode(error)}`;
  return hasMessage(key) ? say(key, error instanceof ProblemError ? plainFields(error.problem) : {}) : t("ui.problem.unknown");
}

/** Why something counts for nothing, in words: a reason of the hub (`reward.ended`) said as the problem of that code. */
export function reasonText({ kind, data }: Because): string {
  return problemText(new ProblemError({ type: "about:blank", title: kind, status: 409, ...data, code: kind }, false));
}

/** The problem's own fields that a sentence can hold. */
function plainFields(problem: object): MessageValues {
  return Object.fromEntries(Object.entries(problem).filter(([, value]) => typeof value === "string" || typeof value === "number"));
}
