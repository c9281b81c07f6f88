import { useInfiniteQuery } from "@tanstack/react-query";
import type { TaskRunView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { Badge, type Tone } from "@weft/ui/shop/badge.tsx";
import type { ReactElement } from "react";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { PageLink } from "../common/page-link.tsx";
import { wordOf } from "../common/text.ts";
import { taskRunsRoute } from "../routes.tsx";
import { RUN_LISTS, type RunList, type TaskRunsSearch } from "../searches.ts";
import { t } from "../t.ts";
import { KindChoice, ListChoice, PlaceChoice } from "./filters.tsx";
import { StopRun } from "./planned-run.tsx";
import { runsQuery } from "./queries.ts";
import styles from "./runs.module.css";

/** What ran by itself: when, for whom, and what came of it; and what is about to, which can be stopped. */
export function TaskRunsScreen(): ReactElement {
  const filters = taskRunsRoute.useSearch();
  const list: RunList = filters.list ?? "ended";
  const navigate = taskRunsRoute.useNavigate();
  const filter = (change: Partial<TaskRunsSearch>): void => void navigate({ search: { ...filters, ...change }, replace: true });
  return (
    <Page
      title={t("office.nav.task_runs")}
      actions={
        <>
          <KindChoice value={filters.kind} onChange={(kind) => filter({ kind })} />
          <PlaceChoice value={filters.place} onChange={(place) => filter({ place })} />
          <ListChoice
            lists={RUN_LISTS}
            value={list}
            label={(each) => t(`office.task.runs.${each}`)}
            onChange={(next) => filter({ list: next })}
          />
        </>
      }
    >
      <p className={styles.about}>
        {t("office.task.runs_about")} <PageLink to="/task-kinds">{t("office.nav.task_kinds")}</PageLink>
      </p>
      <PagedTable
        query={useInfiniteQuery(runsQuery(list, filters))}
        label={t("office.nav.task_runs")}
        columns={list === "planned" ? plannedColumns() : endedColumns()}
        rowKey={({ id }) => id}
        empty={{ title: t(`office.task.no_runs.${list}`), text: t("office.task.no_runs_text") }}
      />
    </Page>
  );
}

const TONES: Readonly<Record<TaskRunView["state"], Tone>> = {
  planned: "plain",
  done: "good",
  stopped: "plain",
  left: "plain",
  failed: "bad",
};

const aboutColumns = (): Column<TaskRunView>[] => [
  {
    key: "what",
    label: t("office.task.what"),
    cell: ({ kind, action, taskId, state }) => (
      <>
        <PageLink to="/tasks" search={{ open: taskId, ...(state !== "planned" && { list: "ended" }), kind }}>
          {t(`office.task.kind.${kind}`)}
        </PageLink>
        <br />
        <small>{t(`office.task.action.${action}`)}</small>
      </>
    ),
    text: ({ action }) => action,
  },
  {
    key: "place",
    label: t("office.orders.place"),
    isMinor: true,
    cell: ({ placeName }) => placeName ?? "",
    text: ({ placeName }) => placeName ?? "",
  },
];

const plannedColumns = (): Column<TaskRunView>[] => [
  ...aboutColumns(),
  {
    key: "at",
    label: t("office.task.runs_at"),
    cell: ({ runsAt }) => formatDateTime(runsAt),
    text: ({ runsAt }) => runsAt,
  },
  { key: "stop", label: "", align: "end", cell: ({ id }) => <StopRun id={id} isSmall /> },
];

const endedColumns = (): Column<TaskRunView>[] => [
  ...aboutColumns(),
  {
    key: "orders",
    label: t("office.task.came_of_it"),
    cell: (run) => <Outcome run={run} />,
    text: ({ orders }) => orders.map(({ number }) => number).join(" "),
  },
  {
    key: "at",
    label: t("office.task.ended_at"),
    cell: ({ endedAt, runsAt }) => formatDateTime(endedAt ?? runsAt),
    text: ({ endedAt }) => endedAt ?? "",
  },
];

/** What was done and for whom, or why it was not. */
function Outcome({ run: { state, action, orders, because, stoppedBy } }: { readonly run: TaskRunView }) {
  return (
    <div className={styles.outcome}>
      <Badge tone={TONES[state]}>{t(`office.task.run.${state}`)}</Badge>
      {stoppedBy === null ? null : <span>{stoppedBy}</span>}
      {because === null ? null : <span>{wordOf(`office.task.because.${because}`, because)}</span>}
      {orders.map(({ id, number, placeName }) => (
        <span key={id}>
          <PageLink to="/orders" search={{ open: id }}>
            {number}
          </PageLink>{" "}
          {t(`office.task.did.${action}`, { place: placeName ?? "" })}
        </span>
      ))}
    </div>
  );
}
