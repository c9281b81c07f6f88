import { useQuery } from "@tanstack/react-query";
import { Page, Section } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { formatBusinessDate } from "@weft/ui/i18n/format.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { useMemo } from "react";
import { useToday } from "../common/use-today.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { summarizeDay } from "./day.ts";
import { LatestOrders } from "./latest-orders.tsx";
import { ordersOfDayQuery } from "./queries.ts";
import { DayFigures } from "./sales.tsx";
import styles from "./home.module.css";
import { Signals } from "./signals.tsx";

/** The start of the office: is something wrong, is something good? */
export function HomeScreen() {
  const may = useMay();
  return (
    <Page title={t("office.home.title")}>
      <Section title={t("office.home.signals")}>
        <Signals />
      </Section>
      {may("orders.list") ? (
        <>
          <Today />
          <LatestOrders />
        </>
      ) : null}
    </Page>
  );
}

function Today() {
  const date = useToday();
  const query = useQuery(ordersOfDayQuery(date));
  const day = useMemo(() => query.data && summarizeDay(query.data.orders, (at) => new Date(at).getHours()), [query.data]);
  const title = t("office.home.today", { day: formatBusinessDate(date, "day") });
  if (query.isError) return <ProblemNote error={query.error} onRetry={query.refetch} />;
  if (!query.data || !day)
    return (
      <Section title={title}>
        <Skeleton height="12rem" />
      </Section>
    );
  return (
    <Section
      title={title}
      actions={
        <small className={styles.quiet}>
          {query.data.isWhole ? null : `${t("office.home.part", { count: query.data.orders.length })} · `}
          <TimeAgo at={new Date(query.dataUpdatedAt).toISOString()} />
        </small>
      }
    >
      <DayFigures day={day} />
    </Section>
  );
}
