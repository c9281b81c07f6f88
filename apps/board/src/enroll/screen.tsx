import { useQuery } from "@tanstack/react-query";
import { LanguagePicker } from "@weft/ui/app/language-picker.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import { t } from "../t.ts";
import styles from "./enroll.module.css";

/** A new code this long before the old one runs out, so that nobody types one that is gone. */
const AHEAD_MS = 30_000;

/** A screen that is no board yet: it shows a code, and staff say in the office where it hangs. Nobody signs in on a wall. */
export function EnrollScreen() {
  const enrollment = useQuery({
    queryKey: ["enrollment"],
    queryFn: () => api.ask("access.openEnrollment", {}),
    staleTime: Infinity,
    retry: true,
    refetchInterval: ({ state }) => (state.data ? Math.max(1000, Date.parse(state.data.expiresAt) - Date.now() - AHEAD_MS) : false),
  });
  return (
    <main className={styles.screen}>
      <div className={styles.card}>
        <h1>{t("board.enroll.title")}</h1>
        <p className={styles.lead}>{t("board.enroll.text")}</p>
        {enrollment.data ? (
          <p className={styles.code} role="status" aria-label={t("board.enroll.code")} data-code={enrollment.data.code}>
            {spaced(enrollment.data.code)}
          </p>
        ) : (
          <Skeleton height="5rem" />
        )}
        {enrollment.isError ? <ProblemNote error={enrollment.error} onRetry={enrollment.refetch} /> : null}
        <ol className={styles.steps}>
          <li>{t("board.enroll.step_office")}</li>
          <li>{t("board.enroll.step_code")}</li>
          <li>{t("board.enroll.step_done")}</li>
        </ol>
        <LanguagePicker />
      </div>
    </main>
  );
}

/** Read from afar: two groups of three. */
const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;
