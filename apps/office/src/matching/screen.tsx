import { useQuery } from "@tanstack/react-query";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactElement } from "react";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { FieldRules } from "./field-rules.tsx";
import { IdentifierLimits } from "./identifier-limits.tsx";
import { Limits } from "./limits.tsx";
import styles from "./matching.module.css";
import { Pairs } from "./pairs.tsx";
import { matchingQuery } from "./queries.ts";
import { Run } from "./run.tsx";
import { Thresholds } from "./thresholds.tsx";

/** How records of one person find each other: the run over the whole file, what is joined and asked, what is shown, what limits stopped. */
export function MatchingScreen(): ReactElement {
  const may = useMay();
  const matching = useQuery(matchingQuery);
  if (matching.isPending) return <ScreenSkeleton />;
  if (matching.isError) return <ProblemNote error={matching.error} onRetry={matching.refetch} />;
  return (
    <Page title={t("office.nav.matching")}>
      <p className={styles.text}>{t("office.matching.intro")}</p>
      <Run matching={matching.data} />
      <Thresholds matching={matching.data} />
      {may("matching.limits") ? <IdentifierLimits /> : null}
      {may("customers.fieldRules") ? <FieldRules /> : null}
      {may("matching.judgePairs") ? <Pairs /> : null}
      {may("customers.violations") ? <Limits /> : null}
    </Page>
  );
}
