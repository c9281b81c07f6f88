import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import type { ReactElement } from "react";
import { api } from "../api.ts";
import { TableSkeleton } from "../common/data-table.tsx";
import { pagedQuery } from "../common/paged.ts";
import { matchesRoute } from "../routes.tsx";
import { MATCH_LISTS, type MatchList } from "../searches.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./matches.module.css";
import { Queue } from "./queue.tsx";

const PAIRS = 20;

const matchesQuery = (status: MatchList) =>
  pagedQuery(["matches", "list", status], (page, signal) =>
    api.ask("customers.matches", { query: { ...page, status, limit: PAIRS }, signal }),
  );

/** Pairs of records that may be one person: a human judges what no proof decides. */
export function MatchesScreen(): ReactElement {
  const may = useMay();
  const status = matchesRoute.useSearch().status ?? "open";
  const navigate = matchesRoute.useNavigate();
  const matches = useInfiniteQuery(matchesQuery(status));
  const found = matches.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title={t("office.nav.matches")}
      actions={
        <div role="group" aria-label={t("office.orders.state")} className={styles.tabs}>
          {MATCH_LISTS.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === status}
              onClick={() => void navigate({ search: { status: each, open: undefined }, replace: true })}
            >
              {t(`office.match.status.${each}`)}
            </button>
          ))}
        </div>
      }
    >
      <p className={styles.intro}>
        {t("office.match.intro")} {may("customers.violations") ? <Link to="/matching">{t("office.match.how")}</Link> : null}
      </p>
      {matches.isPending ? (
        <TableSkeleton />
      ) : matches.isError ? (
        <ProblemNote error={matches.error} onRetry={matches.refetch} />
      ) : found.length === 0 ? (
        status === "open" ? (
          <EmptyState title={t("office.match.none")} text={t("office.match.none_text")} />
        ) : (
          <EmptyState title={t("office.match.none_judged")} />
        )
      ) : (
        <Queue matches={found} />
      )}
      {matches.hasNextPage ? (
        <Button variant="default" loading={matches.isFetchingNextPage} onClick={() => void matches.fetchNextPage()}>
          {t("office.list.more")}
        </Button>
      ) : null}
    </Page>
  );
}
