import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ViolationView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Button } from "@mantine/core";
import { DataTable, TableSkeleton, type Column } from "../common/data-table.tsx";
import { shortId } from "../common/text.ts";
import { t } from "../t.ts";
import styles from "./matching.module.css";
import { violationsQuery } from "./queries.ts";

/** What limits stopped, newest first, with how often each did. */
export function Limits() {
  const limits = useInfiniteQuery(violationsQuery);
  const [first] = limits.data?.pages ?? [];
  const rows = limits.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Section title={t("office.matching.limits")}>
      <p className={styles.text}>{t("office.matching.limits_text")}</p>
      {limits.isPending ? <TableSkeleton /> : null}
      {limits.isError ? <ProblemNote error={limits.error} onRetry={limits.refetch} /> : null}
      {first && rows.length === 0 ? <EmptyState title={t("office.matching.limits_none")} /> : null}
      {rows.length > 0 ? (
        <>
          <ul className={styles.counts} aria-label={t("office.matching.limit_count")}>
            {first?.counts.map(({ rule, count }) => (
              <li key={rule}>
                {t("office.said_of", { name: t(`office.matching.limit.${rule}`), what: formatNumber(count) })} (
                {t("office.matching.limit_count")})
              </li>
            ))}
          </ul>
          <DataTable label={t("office.matching.limits")} columns={columns()} rows={rows} rowKey={({ id }) => id} />
        </>
      ) : null}
      {limits.hasNextPage ? (
        <Button variant="default" loading={limits.isFetchingNextPage} onClick={() => void limits.fetchNextPage()}>
          {t("office.list.more")}
        </Button>
      ) : null}
    </Section>
  );
}

const columns = (): readonly Column<ViolationView>[] => [
  { key: "rule", label: t("office.matching.limit_what"), cell: ({ rule }) => t(`office.matching.limit.${rule}`) },
  { key: "who", label: t("office.matching.limit_who"), cell: ({ customerId, name }) => <Customer id={customerId} name={name} /> },
  {
    key: "with",
    label: t("office.matching.limit_with"),
    cell: ({ withCustomerId, withName }) => (withCustomerId === null ? "–" : <Customer id={withCustomerId} name={withName} />),
  },
  { key: "at", label: t("office.matching.limit_at"), cell: ({ at }) => <TimeAgo at={at} /> },
];

function Customer({ id, name }: { readonly id: string; readonly name: string | null }) {
  return (
    <Link to="/customers/$id" params={{ id }}>
      {name ?? `…${shortId(id)}`}
    </Link>
  );
}
