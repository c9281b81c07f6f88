import { useQuery } from "@tanstack/react-query";
import { LanguagePicker } from "@weft/ui/app/language-picker.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import { t } from "../t.ts";
import styles from "./kiosk.module.css";

/** A new code this long before the old one runs out, so that nobody types one that is gone. */
const AHEAD_MS = 30_000;

/** A screen that is no kiosk yet: it shows a code, and staff say in the office where it stands and whether it takes cards. */
export function EnrollScreen() {
  const enrollment = useQuery({
    queryKey: ["enrollment"],
    queryFn: () => api.ask("access.openEnrollment", { body: { kind: "kiosk" } }),
    staleTime: Infinity,
    retry: true,
    refetchInterval: ({ state }) => (state.data ? Math.max(1000, Date.parse(state.data.expiresAt) - Date.now() - AHEAD_MS) : false),
  });
  return (
    <main className={styles.alone} data-kiosk>
      <h1>{t("till.kiosk.enroll")}</h1>
      <p>{t("till.kiosk.enroll_text")}</p>
      {enrollment.data ? (
        <p className={styles.code} role="status" aria-label={t("till.kiosk.enroll_code")} data-code={enrollment.data.code}>
          {`${enrollment.data.code.slice(0, 3)} ${enrollment.data.code.slice(3)}`}
        </p>
      ) : (
        <Skeleton height="5rem" />
      )}
      {enrollment.isError ? <ProblemNote error={enrollment.error} onRetry={enrollment.refetch} /> : null}
      <ol className={styles.steps}>
        <li>{t("till.kiosk.enroll_office")}</li>
        <li>{t("till.kiosk.enroll_type")}</li>
        <li>{t("till.kiosk.enroll_card")}</li>
      </ol>
      <LanguagePicker />
    </main>
  );
}
