import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactElement } from "react";
import { importRoute } from "../routes.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { Course } from "./course.tsx";
import { Mapping } from "./mapping.tsx";
import { importQuery } from "./queries.ts";
import { StateBadge } from "./state-badge.tsx";

/** One file: first what its columns are, then how far its import is, then what came of it. */
export function ImportScreen(): ReactElement {
  const { id } = importRoute.useParams();
  const run = useQuery(importQuery(id));
  const may = useMay();
  if (run.isPending) return <ScreenSkeleton />;
  if (run.isError) return <ProblemNote error={run.error} onRetry={run.refetch} />;
  const { data } = run;
  return (
    <Page
      title={data.fileName}
      actions={
        <>
          <span>
            {t(`office.import.kind.${data.kind}`)} · {data.channelName}
          </span>
          <StateBadge state={data.state} />
          <Link to="/imports">{t("office.import.all")}</Link>
        </>
      }
    >
      {data.state === "waiting" && may("imports.preview") ? <Mapping run={data} /> : <Course run={data} />}
    </Page>
  );
}
