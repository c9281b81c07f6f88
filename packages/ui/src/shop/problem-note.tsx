import { problemCode } from "../api/problem-error.ts";
import { problemText } from "../app/problem-text.ts";
import { t } from "../t.ts";
import { Button } from "./button.tsx";
import styles from "./problem-note.module.css";

type ProblemNoteProps = {
  readonly error: unknown;
  /** What was kept although it failed: "Your cart is as it was." */
  readonly kept?: string;
  /** What to do now; a query's `refetch` fits. */
  readonly onRetry?: (() => unknown) | undefined;
};

/** What happened, what was kept, what to do now. The code is there for support, small. */
export function ProblemNote({ error, kept = t("ui.problem.kept"), onRetry }: ProblemNoteProps) {
  return (
    <div role="alert" className={styles.note}>
      <strong>{t("ui.problem.title")}</strong>
      <p>
        {problemText(error)} {kept}
      </p>
      {onRetry ? <Button onClick={() => void onRetry()}>{t("ui.retry")}</Button> : null}
      <small>{t("ui.problem.code", { code: problemCode(error) })}</small>
    </div>
  );
}
