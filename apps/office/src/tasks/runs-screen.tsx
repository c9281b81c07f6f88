import { SegmentedControl } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { TASK_KINDS, type TaskRunView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { Badge, type Tone } from "@weft/ui/shop/badge.tsx";
import type { ReactElement } from "react";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { PageLink } from "../common/page-link.tsx";
import { useOwnPlaceOptions } from "../common/places.ts";
import { wordOf } from "../common/text.ts";
import { taskRunsRoute } from "../routes.tsx";
import { RUN_LISTS, type RunList } from "../searches.ts";
import { t } from "../t.ts";
import { StopRun } from "./planned-run.tsx";
import { runsQuery } from "./queries.ts";
import styles from "./runs.module.css";

/** What ran by itself: when, for whom, and what came of it; and what is about to, which can be stopped. */
export function TaskRunsScreen(): ReactElement {
  const filters = taskRunsRoute.useSearch();
  const list: RunList = filters.list ?? "ended";
  const navigate = taskRunsRoute.useNavigate();
  return (
    <Page
      title={t("office.nav.task_runs")}
      actions={
        <>
          <FilterChoice
            label={t("office.task.what")}
            value={filters.kind}
            options={TASK_KINDS.map((each) => ({ value: each, label: t(`office.task.kind.${each}`) }))}
            onChange={(kind) => void navigate({ search: { ...filters, kind }, replace: true })}
          />
          <FilterChoice
            label={t("office.orders.place")}
            value={filters.place}
            options={useOwnPlaceOptions()}
            onChange={(place) => void navigate({ search: { ...filters, place }, replace: true })}
          />
          <SegmentedControl
            size="xs"
            aria-label={t("office.task.lists")}
            value={list}
            data={RUN_LISTS.map((each) => ({ value: each, label: t(`office.task.runs.${each}`) }))}
            onChange={(next) => void navigate({ search: { ...filters, list: RUN_LISTS.find((each) => each === next) }, replace: true })}
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
