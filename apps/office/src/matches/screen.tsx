import { Button } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import type { MatchView, SourceRecordView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import type { ReactElement } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { attributeText } from "../common/attribute-text.ts";
import { TableSkeleton } from "../common/data-table.tsx";
import { pagedQuery } from "../common/paged.ts";
import { wordOf } from "../common/text.ts";
import { matchesRoute } from "../routes.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./matches.module.css";

const STATUSES = ["open", "linked", "different"] as const;
const PAIRS = 20;

const matchesQuery = (status: (typeof STATUSES)[number]) =>
  pagedQuery(["matches", "list", status], (page, signal) =>
    api.ask("customers.matches", { query: { ...page, status, limit: PAIRS }, signal }),
  );

/** Pairs of records that may be one person: a human judges what no proof decides. */
export function MatchesScreen(): ReactElement {
  const status = matchesRoute.useSearch().status ?? "open";
  const navigate = matchesRoute.useNavigate();
  const matches = useInfiniteQuery(matchesQuery(status));
  return (
    <Page
      title={t("office.nav.matches")}
      actions={
        <div role="group" aria-label={t("office.orders.state")} className={styles.tabs}>
          {STATUSES.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === status}
              onClick={() => void navigate({ search: { status: each }, replace: true })}
            >
              {t(`office.match.status.${each}`)}
            </button>
          ))}
        </div>
      }
    >
      <p className={styles.intro}>{t("office.match.intro")}</p>
      {matches.isPending ? (
        <TableSkeleton />
      ) : matches.isError ? (
        <ProblemNote error={matches.error} onRetry={matches.refetch} />
      ) : (
        <Pairs matches={matches.data.pages.flatMap((page) => page.items)} />
      )}
      {matches.hasNextPage ? (
        <Button variant="default" loading={matches.isFetchingNextPage} onClick={() => void matches.fetchNextPage()}>
          {t("office.list.more")}
        </Button>
      ) : null}
    </Page>
  );
}

function Pairs({ matches }: { readonly matches: readonly MatchView[] }) {
  if (matches.length === 0) return <EmptyState title={t("office.match.none")} />;
  return (
    <ul className={styles.pairs}>
      {matches.map((match) => (
        <Pair key={match.id} match={match} />
      ))}
    </ul>
  );
}

function Pair({ match }: { readonly match: MatchView }) {
  const may = useMay();
  const queries = useQueryClient();
  const judge = useAct(
    (decision: "same" | "different") => api.ask("customers.judgeMatch", { params: { id: match.id }, body: { decision } }),
    [["matches"]],
  );
  const decide = (decision: "same" | "different"): void => {
    judge.mutate(decision, {
      onSuccess: () => {
        // Who was just said to be one person may be looked at in another tab.
        void queries.invalidateQueries({ queryKey: ["customer"] });
        showToast(t(`office.match.done.${decision}`));
      },
    });
  };
  return (
    <li className={styles.pair}>
      <header>
        <strong>{wordOf(`office.match.because.${match.because}`, match.because)}</strong>
        <TimeAgo at={match.at} />
      </header>
      <Compare a={match.a} b={match.b} />
      {match.status === "open" && may("customers.judgeMatch") ? (
        <footer>
          <Button loading={judge.isPending} onClick={() => decide("same")}>
            {t("office.match.same")}
          </Button>
          <Button variant="default" loading={judge.isPending} onClick={() => decide("different")}>
            {t("office.match.different")}
          </Button>
          {judge.error ? <span role="alert">{problemText(judge.error)}</span> : null}
        </footer>
      ) : null}
    </li>
  );
}

/** Two records side by side; what is the same in both stands out. */
function Compare({ a, b }: { readonly a: SourceRecordView; readonly b: SourceRecordView }) {
  const names = [...new Set([...Object.keys(a.attributes), ...Object.keys(b.attributes)])];
  return (
    <table className={styles.compare}>
      <thead>
        <tr>
          <th scope="col">
            <span className="said">{t("office.match.field")}</span>
          </th>
          {[a, b].map((record) => (
            <th key={record.id} scope="col">
              <ChannelIcon kind={record.channelKind} size={16} /> {record.channelName}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {names.map((name) => {
          const [left, right] = [attributeText(name, a.attributes[name]), attributeText(name, b.attributes[name])];
          return (
            <tr key={name} data-same={left === right || undefined}>
              <th scope="row">{wordOf(`office.customer.field.${name}`, name)}</th>
              <td>{left}</td>
              <td>{right}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
