import { useInfiniteQuery } from "@tanstack/react-query";
import { TASK_TEAMS, type TaskView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import type { ReactElement } from "react";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { tasksRoute } from "../routes.tsx";
import { TASK_LISTS, type TaskList, type TasksSearch } from "../searches.ts";
import { t } from "../t.ts";
import { KindChoice, ListChoice, PlaceChoice } from "./filters.tsx";
import { tasksQuery } from "./queries.ts";
import { TaskBeside } from "./task-beside.tsx";

/** What people must do: each with its cause, and gone by itself when that is. */
export function TasksScreen(): ReactElement {
  const { open, ...filters } = tasksRoute.useSearch();
  const list: TaskList = filters.list ?? "waiting";
  const navigate = tasksRoute.useNavigate();
  const filter = (change: Partial<TasksSearch>): void => void navigate({ search: { ...filters, ...change }, replace: true });
  const tasks = useInfiniteQuery(tasksQuery(list, filters));
  const task = tasks.data?.pages.flatMap((page) => page.items).find(({ id }) => id === open);
  return (
    <Page
      title={t("office.nav.tasks")}
      actions={
        <>
          <KindChoice value={filters.kind} onChange={(kind) => filter({ kind })} />
          <FilterChoice
            label={t("office.task.team")}
            value={filters.team}
            options={TASK_TEAMS.map((each) => ({ value: each, label: t(`office.task.team.${each}`) }))}
            onChange={(team) => filter({ team })}
          />
          <PlaceChoice value={filters.place} onChange={(place) => filter({ place })} />
          <ListChoice
            lists={TASK_LISTS}
            value={list}
            label={(each) => t(`office.task.list.${each}`)}
            onChange={(next) => filter({ list: next })}
          />
        </>
      }
      beside={task ? <TaskBeside key={task.id} task={task} onClose={() => void navigate({ search: filters, replace: true })} /> : null}
    >
      <PagedTable
        query={tasks}
        label={t("office.nav.tasks")}
        people={{ list: "tasks" }}
        columns={columns()}
        rowKey={({ id }) => id}
        linkOf={({ id }) => ({ to: "/tasks", search: { ...filters, open: id } })}
        openKey={open}
        empty={{ title: t("office.task.none"), text: t("office.task.none_text") }}
      />
    </Page>
  );
}

function columns(): Column<TaskView>[] {
  const isLate = ({ state, dueAt }: TaskView): boolean => (state === "open" || state === "taken") && new Date(dueAt) < new Date();
  return [
    { key: "kind", label: t("office.task.what"), cell: ({ kind }) => t(`office.task.kind.${kind}`), text: ({ kind }) => kind },
    { key: "place", label: t("office.orders.place"), cell: ({ placeName }) => placeName ?? "", text: ({ placeName }) => placeName ?? "" },
    {
      key: "team",
      label: t("office.task.team"),
      isMinor: true,
      cell: ({ team, escalatedAt }) =>
        escalatedAt === null ? (
          t(`office.task.team.${team}`)
        ) : (
          <Badge tone="bad">{t("office.task.passed_to", { team: t(`office.task.team.${team}`) })}</Badge>
        ),
      text: ({ team }) => team,
    },
    {
      key: "due",
      label: t("office.task.due"),
      cell: (task) => (isLate(task) ? <Badge tone="bad">{formatDateTime(task.dueAt)}</Badge> : formatDateTime(task.dueAt)),
      text: ({ dueAt }) => dueAt,
    },
    {
      key: "state",
      label: t("office.orders.state"),
      cell: ({ state, takenName }) => <Badge tone={TONES[state]}>{takenName ?? t(`office.task.state.${state}`)}</Badge>,
      text: ({ state }) => state,
    },
  ];
}

const TONES = { open: "warn", taken: "plain", done: "good", gone: "plain" } as const;
